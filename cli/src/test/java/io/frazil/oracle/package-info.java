/// Answers compared with those of another engine: DuckDB over the same Parquet files.
@NullUnmarked
package io.frazil.oracle;

import org.jspecify.annotations.NullUnmarked;
