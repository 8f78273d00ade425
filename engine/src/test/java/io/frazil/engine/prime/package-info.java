/// Proves what priming promises whoever is primed.
@NullMarked
package io.frazil.engine.prime;

import org.jspecify.annotations.NullMarked;
