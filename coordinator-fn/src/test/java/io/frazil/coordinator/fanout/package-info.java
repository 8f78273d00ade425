/// Functions calling functions, on a Lambda of the tests' own.
@NullMarked
package io.frazil.coordinator.fanout;

import org.jspecify.annotations.NullMarked;
