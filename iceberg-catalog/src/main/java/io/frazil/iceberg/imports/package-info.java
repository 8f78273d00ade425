/// Parquet files that were there before their table: what their footers say.
@NullMarked
package io.frazil.iceberg.imports;

import org.jspecify.annotations.NullMarked;
