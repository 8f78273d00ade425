/// Rows into Iceberg tables. The doors are [IcebergAppend] and, for files of no table, [Removal].
@NullMarked
package io.frazil.iceberg.write;

import org.jspecify.annotations.NullMarked;
