package io.frazil.session.estimate;

import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A table of which nothing is there but its metadata.
///
/// @param files of a million rows and 100 MB each
/// @param kept how many of them a filter leaves
record SizedTable(int files, int kept) implements TableProvider {
  static final long FILE_ROWS = 1_000_000;
  static final long FILE_BYTES = 100_000_000;

  @Override
  public Schema schema() {
    return Schema.of(
        new Field("k", Types.BIGINT, false),
        new Field("v", Types.BIGINT, false),
        new Field("name", Types.VARCHAR, true));
  }

  @Override
  public List<ScanColumn> columns() {
    return schema().fields().stream().map(ScanColumn::named).toList();
  }

  @Override
  public TableStatistics statistics() {
    return new TableStatistics(
        Statistic.exact((double) files * FILE_ROWS),
        Collections.nCopies(3, ColumnStatistics.UNKNOWN));
  }

  @Override
  public ScanPlan scan(ScanRequest request) {
    int left = request.filters().isEmpty() ? files : kept;
    List<Split> splits =
        IntStream.range(0, left)
            .<Split>mapToObj(
                i -> new Split.Parquet("f" + i, 0, FILE_BYTES, FILE_BYTES, null, Map.of()))
            .toList();
    List<Long> sizes =
        request.columns().stream().map(c -> (c == 2 ? 80_000_000L : 10_000_000L) * left).toList();
    return new ScanPlan(
        splits,
        files,
        files - left,
        files * FILE_BYTES,
        (files - left) * FILE_BYTES,
        new ScanPlan.Kept(left * FILE_ROWS, sizes));
  }
}
