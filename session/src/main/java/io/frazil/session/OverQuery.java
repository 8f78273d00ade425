package io.frazil.session;

import io.frazil.events.Spent;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryProgress;
import io.frazil.session.statistics.QueryStatistics;

/// A statement that runs a query for a purpose of its own: what that takes is what it takes, and
/// nobody else can go on with it.
abstract sealed class OverQuery implements QueryHandle permits RunningAnalysis, RunningWrite {
  private final QueryHandle query;

  OverQuery(QueryHandle query) {
    this.query = query;
  }

  final QueryHandle query() {
    return query;
  }

  @Override
  public final String id() {
    return query.id();
  }

  @Override
  public final QueryStatistics statistics() {
    return query.statistics();
  }

  @Override
  public final QueryProgress progress() {
    return query.progress();
  }

  @Override
  public final Estimate estimate() {
    return query.estimate();
  }

  @Override
  public final Ledger ledger() {
    return query.ledger();
  }

  @Override
  public final Spent spent() {
    return query.spent();
  }

  @Override
  public final void cancel() {
    query.cancel();
  }

  @Override
  public final boolean handOver() {
    boolean _ = query.handOver();
    return false;
  }

  @Override
  public final void leave() {
    query.leave();
  }
}
