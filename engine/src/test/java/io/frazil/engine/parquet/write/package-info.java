/// Tests of the Parquet writer: DuckDB reads what it wrote.
@NullMarked
package io.frazil.engine.parquet.write;

import org.jspecify.annotations.NullMarked;
