/// Tests of the Parquet reader, on files that parquet-java writes.
@NullMarked
package io.frazil.engine.parquet;

import org.jspecify.annotations.NullMarked;
