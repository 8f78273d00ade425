/// Where a pipeline's batches begin. The door is [Source].
@NullMarked
package io.frazil.engine.scan;

import org.jspecify.annotations.NullMarked;
