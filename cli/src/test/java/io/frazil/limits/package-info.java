/// How long tests may take. [DynamicTestLimit] is found by JUnit wherever these classes are on the
/// class path; all other limits are JUnit's own, and the build's.
@NullMarked
package io.frazil.limits;

import org.jspecify.annotations.NullMarked;
