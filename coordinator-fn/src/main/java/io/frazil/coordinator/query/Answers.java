package io.frazil.coordinator.query;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryAccount;
import io.frazil.session.QueryHandle;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.ScanStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What queries gave, as messages.
public final class Answers {
  /// How many bytes of columns and rows an answer holds: within what an invocation returns.
  private static final long BYTES_MAX = 4_000_000;

  /// Of a column besides its name and type.
  private static final int COLUMN_BYTES = 22;

  private Answers() {}

  /// The rows themselves; or, where they are too many for an answer, where they lie.
  static QueryResponse rows(QueryHandle query, ResultFile file) {
    var values = new BatchBuilder(query.schema());
    var rows = new ArrayList<List<@Nullable Object>>();
    long bytes = columnBytes(query.schema());
    BatchReader batches = query.batches();
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      // Row by row: a batch may have much more than an answer holds.
      for (int i = 0; i < batch.rows() && bytes <= BYTES_MAX; i++) {
        List<@Nullable Object> encoded = JsonRows.row(VectorValues.row(batch, i));
        bytes += JsonRows.bytes(encoded);
        rows.add(encoded);
      }
      if (bytes > BYTES_MAX) {
        rows.clear();
        file.write(query.schema(), values.batches(), batch, batches);
        return response(query, List.of(), file.location(), null);
      }
      VectorValues.rows(batch).forEach(row -> values.row(row.toArray()));
    }
    return response(query, rows, null, null);
  }

  /// About as many as an answer's columns have.
  private static long columnBytes(Schema schema) {
    return schema.fields().stream()
        .mapToLong(field -> COLUMN_BYTES + field.name().length() + field.type().text().length())
        .sum();
  }

  /// Where the rows lie.
  static QueryResponse file(QueryHandle query, ResultFile file) {
    file.write(query.schema(), List.of(), null, query.batches());
    return response(query, List.of(), file.location(), null);
  }

  /// A statement without rows.
  static QueryResponse without(QueryHandle query, @Nullable Long updatedRows) {
    return response(query, List.of(), null, updatedRows);
  }

  /// A query that failed, and what it took until then.
  static QueryResponse failed(QueryHandle query, ErrorMessage error) {
    return failed(
        query.id(), new QueryAccount(query.statistics(), query.estimate(), query.ledger()), error);
  }

  /// The same of one for which its last owner did nothing any more.
  static QueryResponse failed(String id, Ledger ledger, ErrorMessage error) {
    var statistics = new QueryResponse.Statistics(0, 0, 0, 0, 0, 0, List.of());
    return new QueryResponse(
        id, List.of(), List.of(), null, null, statistics, null, ledger(ledger), error);
  }

  /// The same of one that did not get as far as running.
  static QueryResponse unbegun(String id, Ledger ledger, ErrorMessage error) {
    return new QueryResponse(
        id, List.of(), List.of(), null, null, null, null, ledger(ledger), error);
  }

  /// The same of one that failed between two steps.
  static QueryResponse failed(String id, QueryAccount account, ErrorMessage error) {
    return new QueryResponse(
        id,
        List.of(),
        List.of(),
        null,
        null,
        statistics(account.statistics()),
        estimate(account.estimate()),
        ledger(account.ledger()),
        error);
  }

  @SuppressWarnings("NullAway") // It forgets the nullable values of a compiled record's lists.
  private static QueryResponse response(
      QueryHandle query,
      List<List<@Nullable Object>> rows,
      @Nullable String output,
      @Nullable Long updatedRows) {
    return new QueryResponse(
        query.id(),
        query.schema().fields().stream()
            .map(f -> new QueryResponse.Column(f.name(), f.type().text()))
            .toList(),
        rows,
        output,
        updatedRows,
        statistics(query.statistics()),
        estimate(query.estimate()),
        ledger(query.ledger()),
        null);
  }

  private static QueryResponse.Statistics statistics(QueryStatistics statistics) {
    return new QueryResponse.Statistics(
        statistics.planning().toMillis(),
        statistics.elapsed().toMillis(),
        statistics.cpu().toMillis(),
        statistics.rows(),
        statistics.bytesRead(),
        statistics.peakMemoryBytes(),
        statistics.stages().stream()
            .map(s ->
                new QueryResponse.Stage(
                    s.number(),
                    s.title(),
                    s.tasks(),
                    s.attempts(),
                    s.elapsed().toMillis(),
                    s.cpu().toMillis(),
                    s.rows(),
                    s.bytesWritten(),
                    s.peakMemoryBytes(),
                    s.scans().stream().map(Answers::scan).toList()))
            .toList());
  }

  private static QueryResponse.Scan scan(ScanStatistics scan) {
    return new QueryResponse.Scan(
        scan.table(),
        scan.files(),
        scan.filesPruned(),
        scan.bytes(),
        scan.bytesPruned(),
        scan.bytesRead(),
        scan.requests());
  }

  /// What is predicted, as a message; null where nothing is.
  public static QueryResponse.@Nullable Estimate estimate(Estimate estimate) {
    return estimate.stages().isEmpty()
        ? null
        : new QueryResponse.Estimate(
            estimate.region(),
            estimate.priced(),
            range(estimate.seconds()),
            range(estimate.bytes()),
            range(estimate.dollars()),
            estimate.stages().stream()
                .map(s ->
                    new QueryResponse.StageEstimate(
                        s.number(),
                        s.title(),
                        s.tasks(),
                        range(s.seconds()),
                        range(s.bytes()),
                        range(s.dollars())))
                .toList());
  }

  private static QueryResponse.Range range(Interval interval) {
    return new QueryResponse.Range(interval.low(), interval.high());
  }

  static QueryResponse.Ledger ledger(Ledger ledger) {
    return new QueryResponse.Ledger(
        ledger.region(),
        ledger.priced().toString(),
        ledger.dollars(),
        ledger.lines().stream()
            .map(line ->
                new QueryResponse.Line(
                    line.where(),
                    line.item(),
                    line.quantity(),
                    line.unit(),
                    line.dollars(),
                    line.basis().name().toLowerCase(Locale.ROOT)))
            .toList());
  }
}
