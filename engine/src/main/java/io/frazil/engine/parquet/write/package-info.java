/// Writes Parquet files from batches. The door is [ParquetFileWriter].
///
/// Files have flat columns, version 1 data pages, dictionaries while they pay, statistics for each
/// row group and page, and the Iceberg field ids where the caller has them. Values go from vectors
/// to pages a column at a time; no row is ever put together. Of parquet-java only the metadata
/// structures and the run-length encoder are used: its own file writer needs Hadoop and a geometry
/// library on the class path.
@NullMarked
package io.frazil.engine.parquet.write;

import org.jspecify.annotations.NullMarked;
