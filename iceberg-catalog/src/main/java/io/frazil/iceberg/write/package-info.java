/// Rows into Iceberg tables. The door is [IcebergAppend].
@NullMarked
package io.frazil.iceberg.write;

import org.jspecify.annotations.NullMarked;
