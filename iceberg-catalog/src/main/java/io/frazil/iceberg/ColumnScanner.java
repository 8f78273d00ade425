package io.frazil.iceberg;

import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.vector.BatchReader;
import java.util.List;

/// Reads columns of files, all rows of them: what counting distinct values needs of an engine.
@FunctionalInterface
public interface ColumnScanner {
  /// The rows of the splits, in any order. The caller closes the reader.
  BatchReader scan(List<ScanColumn> columns, List<Split.Parquet> splits);
}
