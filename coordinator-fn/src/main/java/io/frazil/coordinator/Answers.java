package io.frazil.coordinator;

import io.frazil.engine.arrow.ArrowBatchWriter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryStatistics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What queries gave, as messages.
final class Answers {
  /// How many characters of rows an answer holds: within what an invocation returns.
  private static final long CHARACTERS_MAX = 4_000_000;

  /// What writing a result takes: a few batches.
  private static final long WRITER_BYTES = 256L << 20;

  private Answers() {}

  /// The rows themselves; or, where an output is given, where they lie.
  static QueryResponse rows(QueryHandle query, @Nullable String output) {
    if (output != null) {
      write(query, output);
      return response(query, List.of(), output, null);
    }
    return response(query, collect(query), null, null);
  }

  /// A statement without rows.
  static QueryResponse without(QueryHandle query, @Nullable Long updatedRows) {
    return response(query, List.of(), null, updatedRows);
  }

  private static List<List<@Nullable Object>> collect(QueryHandle query) {
    var rows = new ArrayList<List<@Nullable Object>>();
    long characters = 0;
    BatchReader batches = query.batches();
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      for (List<@Nullable Object> row : VectorValues.rows(batch)) {
        var values = new ArrayList<@Nullable Object>(row.size());
        for (Object value : row) {
          Object encoded = json(value);
          characters += String.valueOf(encoded).length() + 3;
          values.add(encoded);
        }
        rows.add(values);
      }
      if (characters > CHARACTERS_MAX) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT,
            "The result is too large for an answer: name an output for it");
      }
    }
    return rows;
  }

  /// Texts for what JSON has no exact value for.
  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean b -> b;
      case Byte n -> n.longValue();
      case Short n -> n.longValue();
      case Integer n -> n.longValue();
      case Long n -> n;
      case Float n when Float.isFinite(n) -> n;
      case Double n when Double.isFinite(n) -> n;
      case BigDecimal n -> n.toPlainString();
      default -> value.toString();
    };
  }

  private static void write(QueryHandle query, String output) {
    try (ObjectWriter object = new LocalObjectStore().create(output);
        var writer =
            ArrowBatchWriter.file(
                new ObjectOutput(object), query.schema(), new MemoryPool(WRITER_BYTES))) {
      BatchReader batches = query.batches();
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        writer.write(batch);
      }
      writer.finish();
      if (!object.commit()) {
        throw new FrazilException(ErrorCode.ALREADY_EXISTS, "'" + output + "' exists already");
      }
    }
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
                    s.bytesWritten()))
            .toList());
  }

  private static QueryResponse.Ledger ledger(Ledger ledger) {
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
