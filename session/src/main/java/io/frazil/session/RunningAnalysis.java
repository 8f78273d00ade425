package io.frazil.session;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.BatchReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// EXPLAIN ANALYZE: a query of which only what it takes is told, once it has run. It runs as its
/// first row is asked for.
final class RunningAnalysis extends OverQuery {
  private final Schema schema;
  private final BatchReader reader;

  /// @param query closed with this
  /// @param schema of what is told
  /// @param told the rows of what is told, of a query that has run
  RunningAnalysis(QueryHandle query, Schema schema, Function<QueryHandle, List<Object[]>> told) {
    super(query);
    this.schema = schema;
    this.reader = new Reader(query, schema, told);
  }

  @Override
  public Kind kind() {
    return Kind.ROWS;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public BatchReader batches() {
    return reader;
  }

  @Override
  public void close() {
    reader.close();
  }

  private static final class Reader implements BatchReader {
    private final QueryHandle query;
    private final Schema schema;
    private final Function<QueryHandle, List<Object[]>> told;
    private @Nullable Iterator<Batch> batches;

    Reader(QueryHandle query, Schema schema, Function<QueryHandle, List<Object[]>> told) {
      this.query = query;
      this.schema = schema;
      this.told = told;
    }

    @Override
    public @Nullable Batch next() {
      if (batches == null) {
        batches = analyzed();
      }
      return batches.hasNext() ? batches.next() : null;
    }

    private Iterator<Batch> analyzed() {
      while (query.batches().next() != null) {
        // Only what it takes counts.
      }
      var rows = new BatchBuilder(schema);
      told.apply(query).forEach(rows::row);
      return rows.batches().iterator();
    }

    @Override
    public void close() {
      query.close();
    }
  }
}
