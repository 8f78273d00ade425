package io.frazil.coordinator.http;

import io.frazil.coordinator.query.JsonRows;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.QueryResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results: pages of rows, or the address of the whole.
public final class Results {
  static final List<String> PARAMETERS = List.of("format", "page", "limit");

  /// What a page's rows may take of an answer.
  private static final long BYTES_MAX = 4_000_000;

  private static final long READER_BYTES = 256L << 20;

  private final ObjectStore store;
  private final Downloads downloads;

  /// @param store where results lie
  /// @param links to what lies there
  public Results(ObjectStore store, ObjectLinks links) {
    this.store = store;
    this.downloads = new Downloads(store, links, InstantSource.system());
  }

  /// Some rows of a result.
  ///
  /// @param next the `page` that follows; null where this is the last
  public record Page(
      @Nullable String query,
      List<QueryResponse.Column> columns,
      List<List<@Nullable Object>> rows,
      @Nullable String next,
      @Nullable Long updatedRows,
      QueryResponse.@Nullable Statistics statistics,
      QueryResponse.@Nullable Estimate estimate,
      QueryResponse.@Nullable Ledger ledger) {}

  /// What a request wants to have of a result.
  ///
  /// @throws FrazilException INVALID_ARGUMENT; QUERY_NOT_FOUND where it has expired
  Object of(String query, QueryResponse response, QueryString wanted) {
    String format = wanted.text("format").orElse("json");
    try {
      if (format.equals("json")) {
        return page(response, Window.of(wanted));
      }
      return downloads.of(query, output(response), DownloadFormat.of(format));
    } catch (FrazilException e) {
      throw e.code() == ErrorCode.FILE_NOT_FOUND
          ? new FrazilException(
              ErrorCode.QUERY_NOT_FOUND, "The result of query " + query + " has expired", e)
          : e;
    }
  }

  Page page(QueryResponse response, Window window) {
    var rows = new ArrayList<List<@Nullable Object>>();
    String next = response.output() == null ? null : read(response.output(), window, rows);
    return new Page(
        response.query(),
        response.columns(),
        rows,
        next,
        response.updatedRows(),
        response.statistics(),
        response.estimate(),
        response.ledger());
  }

  private static String output(QueryResponse response) {
    String output = response.output();
    if (output == null) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The statement gave no rows: there is nothing to fetch");
    }
    return output;
  }

  private @Nullable String read(String output, Window from, List<List<@Nullable Object>> rows) {
    long bytes = 0;
    try (var reader =
        ArrowBatchReader.ofFile(store.open(output), from.batch(), new MemoryPool(READER_BYTES))) {
      int batchNumber = from.batch();
      int first = from.row();
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = first; row < batch.rows(); row++) {
          List<@Nullable Object> encoded = JsonRows.row(VectorValues.row(batch, row));
          long length = JsonRows.bytes(encoded);
          if (rows.size() == from.rowsMax() || (bytes + length > BYTES_MAX && !rows.isEmpty())) {
            return batchNumber + "." + row;
          }
          bytes += length;
          rows.add(encoded);
        }
        batchNumber++;
        first = 0;
      }
    }
    return null;
  }
}
