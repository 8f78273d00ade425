/// Tests of single decoders.
@NullMarked
package io.frazil.engine.parquet.decode;

import org.jspecify.annotations.NullMarked;
