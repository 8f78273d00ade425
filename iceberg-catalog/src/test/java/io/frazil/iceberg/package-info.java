/// Tests of Iceberg tables as engine tables; files are read back by DuckDB.
@NullMarked
package io.frazil.iceberg;

import org.jspecify.annotations.NullMarked;
