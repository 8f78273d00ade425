/// Parquet files. The doors are [ParquetSource], which runs a scan over splits of files, and
/// [ParquetTable], which is loose files as a table; [ParquetFile] is one file's footer.
///
/// The format's structures are `parquet-format-structures`' (the Thrift definitions); everything
/// that touches values is ours: `decode` turns chunks into vectors, `prune` says what need not be
/// read. No expression is evaluated in here: a scan is given [RowFilter]s.
@NullMarked
package io.frazil.engine.parquet;

import org.jspecify.annotations.NullMarked;
