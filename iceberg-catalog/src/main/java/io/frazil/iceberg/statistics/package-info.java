/// What is known of a table's columns: read from manifests and statistics files
/// ([StatisticsCache]), collected while writing ([TableSketches]).
@NullMarked
package io.frazil.iceberg.statistics;

import org.jspecify.annotations.NullMarked;
