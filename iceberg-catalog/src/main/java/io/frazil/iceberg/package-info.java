/// Iceberg tables as engine tables: catalogs, scan planning and pruning, snapshots, commits.
///
/// No AWS client beyond those of Iceberg itself, no SQL.
@NullMarked
package io.frazil.iceberg;

import org.jspecify.annotations.NullMarked;
