/// Proves how stages are cut, packed and run.
@NullMarked
package io.frazil.session.stage;

import org.jspecify.annotations.NullMarked;
