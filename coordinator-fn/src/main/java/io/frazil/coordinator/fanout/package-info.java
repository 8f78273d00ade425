/// Functions calling functions. The doors are [LambdaDispatcher], which has workers run fragments,
/// and [LambdaInvoker], by which any function is called.
@NullMarked
package io.frazil.coordinator.fanout;

import org.jspecify.annotations.NullMarked;
