/// Proves that priming does what it is for, and harms nothing where it can't.
@NullMarked
package io.frazil.worker.prime;

import org.jspecify.annotations.NullMarked;
