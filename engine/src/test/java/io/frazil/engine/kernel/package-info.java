/// Every kernel against a plain loop, one row at a time, over the JDK's own numbers, text and time.
@NullMarked
package io.frazil.engine.kernel;

import org.jspecify.annotations.NullMarked;
