package io.frazil.events;

import io.frazil.json.Lenient;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user gets.
///
/// @param query the id of the query; null where it failed before it had one
/// @param columns of the result; none for a statement without rows
/// @param rows the result where it is in the answer: texts (also of decimals, dates, timestamps and
///   of what JSON has no number for), numbers, booleans or null
/// @param output where the rows lie as an Arrow IPC file, if they are not in the answer
/// @param updatedRows how many rows the statement wrote, if it is one that does
/// @param statistics what it took; null where it failed before it began
/// @param estimate what it was predicted to take; null where it failed before that was known
/// @param ledger what it costs, also where it failed; null where nobody had taken it on by then
/// @param error why it failed; null if it did not
@Lenient
public record QueryResponse(
    @Nullable String query,
    List<Column> columns,
    List<List<@Nullable Object>> rows,
    @Nullable String output,
    @Nullable Long updatedRows,
    @Nullable Statistics statistics,
    @Nullable Estimate estimate,
    @Nullable Ledger ledger,
    @Nullable ErrorMessage error) {
  public QueryResponse {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  /// The answer of a query that failed.
  public static QueryResponse failed(@Nullable String query, ErrorMessage error) {
    return new QueryResponse(query, List.of(), List.of(), null, null, null, null, null, error);
  }

  /// The same without its rows.
  public QueryResponse withoutRows() {
    return new QueryResponse(
        query, columns, List.of(), output, updatedRows, statistics, estimate, ledger, error);
  }

  public record Column(String name, String type) {}

  /// @param rows of the result
  /// @param bytesRead of files
  public record Statistics(
      long planningMillis,
      long elapsedMillis,
      long cpuMillis,
      long rows,
      long bytesRead,
      long peakMemoryBytes,
      List<Stage> stages) {
    public Statistics {
      stages = List.copyOf(stages);
    }
  }

  public record Stage(
      int number,
      String title,
      int tasks,
      int attempts,
      long elapsedMillis,
      long cpuMillis,
      long rows,
      long bytesWritten,
      long peakMemoryBytes,
      List<Scan> scans) {
    public Stage {
      scans = List.copyOf(scans);
    }
  }

  /// @param files how many the table has, of which planning left out `filesPruned`
  /// @param bytes how much the table has, of which planning left out `bytesPruned`
  /// @param requests how many reads `bytesRead` took
  public record Scan(
      String table,
      long files,
      long filesPruned,
      long bytes,
      long bytesPruned,
      long bytesRead,
      long requests) {}

  /// What a query is predicted to take.
  ///
  /// @param priced the day of the prices, as `2026-01-31`
  /// @param bytes to be read of files
  public record Estimate(
      String region,
      String priced,
      Range seconds,
      Range bytes,
      Range dollars,
      List<StageEstimate> stages) {
    public Estimate {
      stages = List.copyOf(stages);
    }
  }

  public record StageEstimate(
      int number, String title, int tasks, Range seconds, Range bytes, Range dollars) {}

  /// Between which two numbers the true one is thought to be.
  public record Range(double low, double high) {}

  /// @param priced the day of the prices, as `2026-01-31`
  public record Ledger(String region, String priced, double dollars, List<Line> lines) {
    public Ledger {
      lines = List.copyOf(lines);
    }
  }

  /// @param basis `reported`, `measured`, `assumed`, or `not_included` where the quantity is not
  ///   known
  public record Line(
      String where, String item, double quantity, String unit, double dollars, String basis) {}
}
