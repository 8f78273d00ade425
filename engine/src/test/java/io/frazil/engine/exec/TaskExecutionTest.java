package io.frazil.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskExecutionTest {
  private static final Schema NUMBERS = Schema.of(new Field("n", Types.BIGINT, false));
  private static final long MANY = Long.MAX_VALUE;

  private final Map<Integer, List<Split>> splits = new HashMap<>();
  private final List<NumberSplit> opened = new ArrayList<>();
  private TaskContext context = TestTask.context(3);

  @AfterEach
  void nothingLeaks() {
    assertThat(context.memory().used()).isZero();
    assertThat(opened).allMatch(split -> split.open() == 0);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("frazil-driver"));
  }

  @Test
  void valuesComeOutInTheirOrder() {
    long[] all = LongStream.range(0, 10_000).toArray();
    assertThat(run(values(1, all))).containsExactly(box(all));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rowsOfAllSplitsComeOutOnce(int threads) {
    context = TestTask.context(threads);
    var plan = scan(1, split(0, 950), split(950, 1000), split(1000, 1000), split(1000, 20_000));
    assertThat(run(plan)).containsExactlyInAnyOrder(box(LongStream.range(0, 20_000).toArray()));
  }

  @Test
  void scanWithoutSplitsIsEmpty() {
    assertThat(run(scan(1))).isEmpty();
  }

  @Test
  void filtersOfScanAndPlanAreApplied() {
    var plan = new PhysicalPlan.Filter(2, scan(1, split(0, 1000)), truth());
    assertThat(run(plan, new StandInParts(n -> n % 100 == 0)))
        .containsExactlyInAnyOrder(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void limitStopsReading(int threads) {
    context = TestTask.context(threads);
    var endless = split(0, MANY);
    var plan = new PhysicalPlan.Limit(2, scan(1, endless, split(0, MANY)), 250, 0);
    assertThat(run(plan)).hasSize(250);
    assertThat(endless.rowsRead()).isLessThan(1_000_000);
  }

  @Test
  void limitStopsReadingWhereNothingPasses() {
    var endless = new PhysicalPlan.Filter(2, scan(1, split(0, MANY), split(0, MANY)), truth());
    var plan = new PhysicalPlan.Limit(3, endless, 3, 0);
    assertThat(run(plan, new StandInParts(n -> n < 3))).hasSize(3);
  }

  @Test
  void limitOfZeroReadsNothing() {
    var split = split(0, MANY);
    assertThat(run(new PhysicalPlan.Limit(2, scan(1, split), 0, 0))).isEmpty();
    assertThat(split.rowsRead()).isZero();
  }

  @Test
  void offsetAndLimitKeepAnOrder() {
    var sorted = sort(2, scan(1, split(500, 1000), split(0, 500)));
    assertThat(run(new PhysicalPlan.Limit(3, sorted, 150, 95)))
        .containsExactly(box(LongStream.range(95, 245).toArray()));
  }

  @Test
  void limitBeyondTheRowsGivesWhatThereIs() {
    var plan = new PhysicalPlan.Limit(2, values(1, 1, 2, 3), MANY, 1);
    assertThat(run(plan)).containsExactly(2L, 3L);
  }

  @Test
  void sortedRowsStayInOrderOnManyThreads() {
    var sorted = sort(2, scan(1, split(5000, 9000), split(0, 5000)));
    assertThat(run(sorted)).containsExactly(box(LongStream.range(0, 9000).toArray()));
  }

  @Test
  void unionGivesTheRowsOfAllInputs() {
    var limited = new PhysicalPlan.Limit(4, sort(3, scan(2, split(0, 300))), 2, 0);
    var union =
        new PhysicalPlan.Union(
            5, List.of(scan(1, split(100, 350)), limited, values(6, 7, 7)), NUMBERS);
    var expected = new ArrayList<>(List.of(0L, 1L, 7L, 7L));
    LongStream.range(100, 350).forEach(expected::add);
    assertThat(run(union)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void sharedSubplanRunsOnce() {
    var split = split(0, 1000);
    PhysicalPlan input = scan(1, split);
    var union =
        new PhysicalPlan.Union(
            5,
            List.of(new PhysicalPlan.Shared(2, 9, input), new PhysicalPlan.Shared(3, 9, input)),
            NUMBERS);
    assertThat(run(union)).hasSize(2000);
    assertThat(split.rowsRead()).isEqualTo(1000);
  }

  @Test
  void buildRowsFollowTheProbe() {
    var join = join(3, JoinType.RIGHT, scan(1, split(0, 1000)), values(2, -1, -2));
    List<Long> rows = run(join);
    assertThat(rows).hasSize(1002).contains(-1L, -2L);
  }

  @Test
  void probeOfRightSemiJoinOnlyLeavesBuildRows() {
    var join = join(3, JoinType.RIGHT_SEMI, scan(1, split(0, 1000)), values(2, -1, -2));
    assertThat(run(join)).containsExactlyInAnyOrder(-1L, -2L);
  }

  @Test
  void countsOfNodesAreMeasured() {
    var plan = new PhysicalPlan.Filter(2, scan(1, split(0, 1000)), truth());
    run(plan, new StandInParts(n -> n < 250));
    assertThat(context.metrics().node(1).get(Counter.OUTPUT_ROWS)).isEqualTo(1000);
    assertThat(context.metrics().node(1).get(Counter.OUTPUT_BATCHES)).isEqualTo(10);
    assertThat(context.metrics().node(2).get(Counter.OUTPUT_ROWS)).isEqualTo(250);
    assertThat(context.metrics().node(2).get(Counter.OUTPUT_BATCHES)).isEqualTo(3);
    assertThat(context.metrics().node(2).get(Counter.NANOS)).isPositive();
  }

  @Test
  void slowReaderHoldsDriversBack() {
    var endless = split(0, MANY);
    try (BatchReader result = start(scan(1, endless), new StandInParts())) {
      assertThat(result.next()).isNotNull();
      assertThat(context.memory().used()).isLessThan(100_000);
    }
    assertThat(endless.rowsRead()).isLessThan(5_000);
  }

  @Test
  void closingStopsWhatRuns() {
    var plan = sort(2, scan(1, split(0, MANY), split(0, MANY)));
    start(plan, new StandInParts(n -> n < 100)).close();
    assertThat(context.cancellation().isStopped()).isFalse();
  }

  @Test
  void closingTwiceIsNothing() {
    BatchReader result = start(values(1, 1), new StandInParts());
    result.close();
    result.close();
  }

  @Test
  void cancellingEndsAWaitingReader() throws InterruptedException {
    var reading = new CountDownLatch(1);
    var endless = track(new NumberSplit(0, MANY, first -> reading.countDown()));
    splits.put(1, List.of(endless));
    var plan = new PhysicalPlan.Filter(2, scan(1), truth());
    try (BatchReader result = start(plan, new StandInParts(n -> false))) {
      reading.await();
      Thread.ofPlatform().start(context.cancellation()::cancel);
      assertFails(result, ErrorCode.CANCELLED, "The query was cancelled");
    }
  }

  @Test
  void cancelledContextRunsNothing() {
    context.cancellation().cancel();
    try (BatchReader result = start(values(1, 1), new StandInParts())) {
      assertFails(result, ErrorCode.CANCELLED, "The query was cancelled");
    }
  }

  @Test
  void errorOfOneDriverStopsTheOthers() {
    var failing =
        track(
            new NumberSplit(
                0,
                MANY,
                first -> {
                  if (first == 1000) {
                    throw new FrazilException(ErrorCode.FILE_CORRUPT, "broken at 1000");
                  }
                }));
    splits.put(1, List.of(split(0, MANY), failing, split(0, MANY)));
    try (BatchReader result = start(sort(2, scan(1)), new StandInParts(n -> false))) {
      assertFails(result, ErrorCode.FILE_CORRUPT, "broken at 1000");
    }
  }

  @Test
  void unexpectedErrorNamesItsNode() {
    var plan = new PhysicalPlan.Filter(2, scan(1, split(0, 1000)), truth());
    Parts failing =
        new StandInParts(n -> {
          throw new IllegalStateException("oops");
        });
    try (BatchReader result = start(plan, failing)) {
      assertFails(
          result,
          ErrorCode.INTERNAL,
          "Internal error in filter 2: java.lang.IllegalStateException: oops");
    }
  }

  @Test
  void outOfMemoryIsAMemoryLimit() {
    var plan = new PhysicalPlan.Filter(2, scan(1, split(0, 1000)), truth());
    Parts failing =
        new StandInParts(n -> {
          throw new OutOfMemoryError("Java heap space");
        });
    try (BatchReader result = start(plan, failing)) {
      assertFails(
          result,
          ErrorCode.MEMORY_LIMIT,
          "filter 2 needs more memory than the JVM has; lower --memory or give it more heap");
    }
  }

  @Test
  void whatNestsTooDeeplyForTheStackIsNotSupported() {
    var plan = new PhysicalPlan.Filter(2, scan(1, split(0, 1000)), truth());
    Parts failing =
        new StandInParts(n -> {
          throw new StackOverflowError();
        });
    try (BatchReader result = start(plan, failing)) {
      assertFails(
          result,
          ErrorCode.NOT_SUPPORTED,
          "filter 2 nests its expressions too deeply: split them over several subqueries");
    }
  }

  @Test
  void errorWhileCombiningComesOut() {
    var call =
        new AggregateCall("single_value", List.of(0), null, "v", Types.BIGINT, true, List.of());
    var plan =
        new PhysicalPlan.HashAggregate(
            2, scan(1, split(0, 1), split(1, 2)), List.of(), List.of(call), Phase.SINGLE);
    try (BatchReader result = start(plan, new StandInParts())) {
      assertFails(
          result, ErrorCode.SUBQUERY_ROWS, "A subquery used as a value returned more than one row");
    }
  }

  @Test
  void resultThatDoesNotFitIsAMemoryLimit() {
    context = TestTask.context(1, 500);
    try (BatchReader result = start(scan(1, split(0, 1000)), new StandInParts())) {
      assertThatThrownBy(result::next)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
          .hasMessageStartingWith("the result needs ");
    }
  }

  @Test
  void planThatCannotBeRunLeavesNothingOpen() {
    var top = new PhysicalPlan.TopN(2, scan(1, split(0, 10)), List.of(), 1, 0);
    assertThatThrownBy(() -> start(top, new StandInParts())).hasMessage("no top n today");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everythingTogether(int threads) {
    context = TestTask.context(threads);
    var number = new Expression.Column(0, "n", Types.BIGINT, false);
    var limit = new Literal(5000L, Types.BIGINT);
    var less = new Expression.Comparison(ComparisonOperator.LESS, number, limit);
    var filter = new PhysicalPlan.Filter(2, scan(1, split(0, 9000), split(0, 9000)), less);
    var join = join(4, JoinType.RIGHT, filter, values(3, 17, 4999, 5000, 1));
    var grouped = new PhysicalPlan.HashAggregate(5, join, List.of(0), List.of(), Phase.SINGLE);
    var plan = new PhysicalPlan.Limit(7, sort(6, grouped), 3, 1);
    var rows = new ArrayList<Object>();
    try (BatchReader result = TaskExecution.start(plan, inputs(), context)) {
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        for (int i = 0; i < batch.rows(); i++) {
          rows.add(batch.column(0).isNull(i) ? "null" : StandInParts.number(batch, i));
        }
      }
    }
    assertThat(rows).containsExactly(17L, 4999L, "null");
  }

  private static void assertFails(BatchReader result, ErrorCode code, String message) {
    assertThatThrownBy(
            () -> {
              while (result.next() != null) {
                Thread.onSpinWait();
              }
            })
        .isInstanceOfSatisfying(FrazilException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private List<Long> run(PhysicalPlan plan) {
    return run(plan, new StandInParts());
  }

  private List<Long> run(PhysicalPlan plan, Parts parts) {
    var rows = new ArrayList<Long>();
    try (BatchReader result = start(plan, parts)) {
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        for (int i = 0; i < batch.rows(); i++) {
          rows.add(StandInParts.number(batch, i));
        }
      }
      assertThat(result.next()).isNull();
    }
    return rows;
  }

  private BatchReader start(PhysicalPlan plan, Parts parts) {
    return TaskExecution.start(plan, inputs(), context, parts);
  }

  private TaskInputs inputs() {
    return new TaskInputs(
        splits,
        Map.of(),
        stage -> {
          throw new AssertionError("no stages");
        });
  }

  private NumberSplit split(long from, long to) {
    return track(new NumberSplit(from, to));
  }

  private NumberSplit track(NumberSplit split) {
    opened.add(split);
    return split;
  }

  private PhysicalPlan scan(int id, NumberSplit... shares) {
    if (shares.length > 0) {
      splits.put(id, List.of(shares));
    }
    return new PhysicalPlan.TableScan(
        id,
        new TableReference(List.of("numbers"), null),
        List.of(ScanColumn.named(NUMBERS.field(0))),
        List.of(),
        List.of(0),
        null,
        List.of());
  }

  private static PhysicalPlan values(int id, long... numbers) {
    List<List<Literal>> rows =
        LongStream.of(numbers).mapToObj(n -> List.of(new Literal(n, Types.BIGINT))).toList();
    return new PhysicalPlan.Values(id, NUMBERS, rows);
  }

  private static PhysicalPlan sort(int id, PhysicalPlan input) {
    var key = new SortKey(0, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST);
    return new PhysicalPlan.Sort(id, input, List.of(key));
  }

  private static PhysicalPlan join(int id, JoinType type, PhysicalPlan left, PhysicalPlan right) {
    return new PhysicalPlan.HashJoin(
        id, left, right, type, List.of(0), List.of(0), null, List.of(0), List.of());
  }

  private static Expression truth() {
    return new Literal(true, Types.BOOLEAN);
  }

  private static Long[] box(long[] numbers) {
    return LongStream.of(numbers).boxed().toArray(Long[]::new);
  }
}
