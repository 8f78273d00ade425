/// Versions that come and go while queries run.
@NullMarked
package io.frazil.localstack.versions;

import org.jspecify.annotations.NullMarked;
