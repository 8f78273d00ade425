package io.frazil.session;

import io.frazil.engine.task.Cancellation;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.Spent;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.stage.StagedExecution;
import io.frazil.session.statistics.QueryProgress;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.QueryTally;
import org.jspecify.annotations.Nullable;

/// A query whose rows come as they are computed.
final class RunningQuery implements QueryHandle {
  private final String id;
  private final Schema schema;
  private final QueryTally tally;
  private final Cancellation cancellation;
  private final Estimate estimate;
  private final StagedExecution execution;
  private final BatchReader reader;

  /// @param execution gives the result
  /// @param result the same, perhaps watched; closed with the query
  RunningQuery(
      String id,
      Schema schema,
      Estimate estimate,
      QueryTally tally,
      Cancellation cancellation,
      StagedExecution execution,
      BatchReader result) {
    this.id = id;
    this.schema = schema;
    this.estimate = estimate;
    this.tally = tally;
    this.cancellation = cancellation;
    this.execution = execution;
    this.reader = new Counting(result, tally);
  }

  @Override
  public String id() {
    return id;
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
  public QueryStatistics statistics() {
    return tally.statistics();
  }

  @Override
  public QueryProgress progress() {
    return tally.progress();
  }

  @Override
  public Estimate estimate() {
    return estimate;
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
    cancellation.cancel();
  }

  @Override
  public boolean isKept() {
    return execution.isKept();
  }

  @Override
  public boolean keep() {
    return execution.keep();
  }

  @Override
  public boolean handOver() {
    return execution.handOver();
  }

  @Override
  public void leave() {
    execution.leave();
  }

  @Override
  public void close() {
    reader.close();
  }

  private record Counting(BatchReader result, QueryTally tally) implements BatchReader {
    @Override
    public @Nullable Batch next() {
      Batch batch = result.next();
      if (batch == null) {
        tally.ended();
      } else {
        tally.taken(batch.rows());
      }
      return batch;
    }

    @Override
    public void close() {
      try {
        // Waits for the attempts that run, which are paid for.
        result.close();
      } finally {
        tally.ended();
      }
    }
  }
}
