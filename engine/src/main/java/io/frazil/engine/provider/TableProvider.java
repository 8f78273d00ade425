package io.frazil.engine.provider;

import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.type.Schema;
import java.util.List;

/// A table that can be read: what planning needs to know of it, and its shares to run over.
///
/// An instance is one state of the table (one snapshot): everything it answers agrees.
public interface TableProvider {
  Schema schema();

  /// The columns as a scan reads them, one for each of [#schema].
  List<ScanColumn> columns();

  /// What is known without reading data.
  TableStatistics statistics();

  /// The shares to read for a request. Filters may be used to leave out shares that cannot hold a
  /// row that passes; the engine evaluates them again on every row.
  ScanPlan scan(ScanRequest request);
}
