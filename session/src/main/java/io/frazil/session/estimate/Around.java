package io.frazil.session.estimate;

import io.frazil.engine.plan.Stage;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.PriceTable;
import io.frazil.session.cost.PriceTable.Price;
import io.frazil.session.cost.Rates;
import java.util.List;

/// What a query is paid by besides its stages: a coordinator from the request to the answer, or the
/// steps of a state machine and what that runs tasks as.
///
/// ```
///   coordinated   plan, wait for the workers, run the last stage
///   stepped       plan │ step │ tasks │ step │ tasks │ step, run the last stage
/// ```
///
/// @param stages each behind those that it reads from
/// @param tasks how many each of them has
/// @param predicted what each of them takes
record Around(
    Machine machine,
    Calibration costs,
    List<Stage> stages,
    List<Interval> tasks,
    List<StageEstimate> predicted) {
  /// @param seconds that the whole query takes
  Interval dollars(Interval seconds) {
    Interval coordinated = coordinated(seconds);
    double asked = machine.httpRequests() * prices().of(Price.HTTP_REQUEST);
    return machine
        .longQueries()
        .filter(queries -> queries.mayHave(seconds) && stages.size() > 1)
        .map(queries ->
            queries.has(seconds) ? stepped(queries) : perhapsStepped(queries, coordinated, seconds))
        .orElse(coordinated)
        .plus(asked);
  }

  private Interval coordinated(Interval seconds) {
    return compute(seconds).plus(prices().lambdaRequest());
  }

  /// A query that takes longer than was thought has a coordinator for as long as one runs, and then
  /// steps for all that is left.
  private Interval perhapsStepped(LongQueries queries, Interval coordinated, Interval seconds) {
    double longest = LambdaShape.LONGEST_RUN.toSeconds();
    double most = coordinated(seconds.orSmaller(Interval.exactly(longest))).high();
    return new Interval(coordinated.low(), most + stepped(queries).high());
  }

  /// One coordinator plans. A step reads the plan, which takes about as long, and the last one runs
  /// the last stage.
  private Interval stepped(LongQueries queries) {
    Interval steps = new Interval(rounds() + 1, stages.size());
    Interval invoked = steps.plus(1);
    Interval working = costs.planningSeconds().times(invoked).plus(predicted.getLast().seconds());
    Rates rates = machine.rates();
    return compute(working)
        .plus(invoked.times(prices().lambdaRequest()))
        .plus(steps.times(rates.stepDollars()))
        .plus(children(queries));
  }

  private Interval children(LongQueries queries) {
    Interval dollars = Interval.ZERO;
    for (int stage = 0; stage < stages.size() - 1; stage++) {
      Interval workers = predicted.get(stage).dollars();
      dollars =
          dollars.plus(
              machine.rates().childrenDollars(queries.children(), tasks.get(stage), workers));
    }
    return dollars;
  }

  /// How many lists of tasks there are at the least: of stages that do not wait for each other
  /// there is one.
  private int rounds() {
    var ends = new int[stages.size()];
    for (Stage stage : stages) {
      for (int dependency : stage.dependencies()) {
        ends[stage.number()] = Math.max(ends[stage.number()], ends[dependency] + 1);
      }
    }
    return ends[stages.size() - 1];
  }

  private Interval compute(Interval seconds) {
    return seconds.times(machine.shape().coordinatorGb() * prices().lambdaGbSecond());
  }

  private PriceTable prices() {
    return machine.rates().prices();
  }
}
