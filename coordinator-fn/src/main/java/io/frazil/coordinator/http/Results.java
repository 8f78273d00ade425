package io.frazil.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.frazil.coordinator.query.JsonRows;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.QueryResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Results by pages of rows.
public final class Results {
  /// What a page's rows may take of an answer.
  private static final long CHARACTERS_MAX = 4_000_000;

  private static final long READER_BYTES = 256L << 20;

  private final ObjectStore store;

  /// @param store where results lie
  public Results(ObjectStore store) {
    this.store = store;
  }

  /// Some rows of a result.
  ///
  /// @param next the `page` that follows; null where this is the last
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      @Nullable String query,
      List<QueryResponse.Column> columns,
      List<List<@Nullable Object>> rows,
      @Nullable String next,
      @Nullable Long updatedRows,
      QueryResponse.@Nullable Statistics statistics,
      QueryResponse.@Nullable Ledger ledger) {}

  Page page(QueryResponse response, Query from) {
    var rows = new ArrayList<List<@Nullable Object>>();
    String next = response.output() == null ? null : read(response.output(), from, rows);
    return new Page(
        response.query(),
        response.columns(),
        rows,
        next,
        response.updatedRows(),
        response.statistics(),
        response.ledger());
  }

  private @Nullable String read(String output, Query from, List<List<@Nullable Object>> rows) {
    long characters = 0;
    try (var reader =
        ArrowBatchReader.ofFile(store.open(output), from.batch(), new MemoryPool(READER_BYTES))) {
      int batchNumber = from.batch();
      int first = from.row();
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        List<List<@Nullable Object>> values = VectorValues.rows(batch);
        for (int row = first; row < values.size(); row++) {
          List<@Nullable Object> encoded = JsonRows.row(Objects.requireNonNull(values.get(row)));
          long length = JsonRows.characters(encoded);
          if (rows.size() == from.rowsMax()
              || (characters + length > CHARACTERS_MAX && !rows.isEmpty())) {
            return batchNumber + "." + row;
          }
          characters += length;
          rows.add(encoded);
        }
        batchNumber++;
        first = 0;
      }
    }
    return null;
  }
}
