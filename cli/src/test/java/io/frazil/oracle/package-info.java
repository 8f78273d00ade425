/// Answers compared with those of another engine: DuckDB over the same Parquet files.
@NullMarked
package io.frazil.oracle;

import org.jspecify.annotations.NullMarked;
