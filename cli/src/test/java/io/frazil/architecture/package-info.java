/// The house's own rules, as tests: which room may know which.
@NullMarked
package io.frazil.architecture;

import org.jspecify.annotations.NullMarked;
