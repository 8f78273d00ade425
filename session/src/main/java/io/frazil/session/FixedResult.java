package io.frazil.session;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.Spent;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.cost.Rates;
import io.frazil.session.statistics.QueryProgress;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.QueryTally;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that has run: SHOW, DESCRIBE, EXPLAIN, and those without rows.
final class FixedResult implements QueryHandle {
  private final String id;
  private final Kind kind;
  private final Schema schema;
  private final Iterator<Batch> batches;
  private final QueryTally tally;

  private final BatchReader reader =
      new BatchReader() {
        @Override
        public @Nullable Batch next() {
          if (!batches.hasNext()) {
            return null;
          }
          Batch batch = batches.next();
          tally.taken(batch.rows());
          return batch;
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };

  private FixedResult(
      String id, Kind kind, Schema schema, Iterator<Batch> batches, QueryTally tally) {
    this.id = id;
    this.kind = kind;
    this.schema = schema;
    this.batches = batches;
    this.tally = tally;
    tally.ended();
  }

  private FixedResult(String id, Kind kind, Schema schema, List<Batch> batches) {
    this(id, kind, schema, batches.iterator(), new QueryTally(Rates.DEFAULT));
  }

  /// The same, having taken what was counted since its text came in.
  FixedResult counted(QueryTally sinceBegin) {
    return new FixedResult(id, kind, schema, batches, sinceBegin);
  }

  static FixedResult done(String id) {
    return new FixedResult(id, Kind.DONE, Schema.of(), List.of());
  }

  static FixedResult rows(String id, Schema schema, List<Object[]> rows) {
    var builder = new BatchBuilder(schema);
    rows.forEach(builder::row);
    return new FixedResult(id, Kind.ROWS, schema, builder.batches());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Kind kind() {
    return kind;
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
  public QueryStatistics statistics() {
    return tally.statistics();
  }

  @Override
  public QueryProgress progress() {
    return tally.progress();
  }

  @Override
  public Estimate estimate() {
    return Estimate.NONE;
  }

  @Override
  public Ledger ledger() {
    return tally.ledger();
  }

  @Override
  public Spent spent() {
    return tally.spent();
  }

  @Override
  public void cancel() {
    // It has run.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
