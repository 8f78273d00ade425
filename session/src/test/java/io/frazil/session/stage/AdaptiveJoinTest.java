package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.TaskExecution;
import io.frazil.engine.exec.TaskInputs;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.Union;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.VectorValues;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.Spending;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.session.journal.NoJournal;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.journal.StoredJournal;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.QueryTally;
import io.frazil.session.statistics.StageStatistics;
import io.frazil.session.statistics.StageTally;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Joins of random tables with keys that are unevenly frequent give the same rows in stages as in
/// one go, however the sizes of their sides turn out.
@Timeout(300)
class AdaptiveJoinTest {
  private static final int SEEDS = 150;
  private static final int PARTITIONS = 4;
  private static final FunctionRegistry FUNCTIONS = BuiltInFunctions.registry();

  @TempDir private Path folder;

  private final MemoryPool memory = new MemoryPool(256 << 20);
  private final InProcessDispatcher workers =
      new InProcessDispatcher(
          new WorkerHandler(
                  new FragmentRunner(
                      new LocalObjectStore(), FUNCTIONS, memory, Duration.ofMillis(10)))
              ::handle);

  /// What may turn out otherwise than planned.
  private enum Turn {
    NONE,
    BROADCAST,
    DIVIDED
  }

  @Test
  void rowsAreTheSameHoweverTheSidesTurnOut() {
    Set<Turn> taken = EnumSet.noneOf(Turn.class);
    for (int seed = 0; seed < SEEDS; seed++) {
      var query = new Query(new SplittableRandom(seed));
      List<String> expected = rows(inOneGo(query));
      var tally = new QueryTally(Rates.DEFAULT);
      String id = "q" + seed;
      assertThat(rows(inStages(query, id, tally, new NoJournal(objects(id)))))
          .as("seed %d: %s", seed, query.plan)
          .containsExactlyInAnyOrderElementsOf(expected);
      tally.statistics().stages().forEach(stage -> taken.add(turn(stage)));
    }
    workers.close();
    assertThat(taken).containsExactly(Turn.values());
    assertThat(memory.used()).isZero();
  }

  /// A process that goes on with a query finds what the one before it left, however far that was.
  @Test
  void rowsAreTheSameWhereAnotherProcessGoesOn() throws IOException {
    for (int seed = 0; seed < SEEDS / 3; seed++) {
      var random = new SplittableRandom(seed);
      var query = new Query(random);
      String id = "kept" + seed;
      List<String> expected = rows(inOneGo(query));
      rows(inStages(query, id, new QueryTally(Rates.DEFAULT), kept(query, id)));
      loseTheEnd(query, id, random);
      assertThat(rows(inStages(query, id, new QueryTally(Rates.DEFAULT), kept(query, id))))
          .as("seed %d: %s", seed, query.plan)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    workers.close();
    assertThat(memory.used()).isZero();
  }

  /// Workers that have no memory for what is above a limit, and another process that goes on where
  /// these left off, with other limits.
  @Test
  void rowsAreTheSameWhereTasksOutgrowTheirWorkers() throws IOException {
    int divided = 0;
    int failed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var query = new Query(random);
      String id = "large" + seed;
      List<String> expected = rows(inOneGo(query));
      for (long limit : new long[] {random.nextLong(800, 5_000), random.nextLong(2_000, 20_000)}) {
        var tally = new QueryTally(Rates.DEFAULT);
        try {
          assertThat(rows(inStages(query, id, tally, kept(query, id), limited(limit))))
              .as("seed %d: %s", seed, query.plan)
              .containsExactlyInAnyOrderElementsOf(expected);
        } catch (FrazilException e) {
          assertThat(e).hasMessageMatching("full; task \\d+ of stage \\d+ cannot be divided: .*");
          failed++;
        }
        divided += dividedTasks(id);
        loseTheEnd(query, id, random);
      }
    }
    workers.close();
    assertThat(divided).isGreaterThan(SEEDS / 10);
    assertThat(failed).isLessThan(SEEDS);
    assertThat(memory.used()).isZero();
  }

  /// Workers that have no memory to read more than so many bytes of partials.
  private Dispatcher limited(long bytes) {
    return request -> {
      Fragment fragment = PlanJson.read(Objects.requireNonNull(request.fragment()), Fragment.class);
      long read =
          fragment.inputs().values().stream()
              .flatMap(List::stream)
              .flatMap(partial -> partial.partitions().stream())
              .mapToLong(PartialManifest.Range::length)
              .sum();
      return read > bytes
          ? CompletableFuture.failedFuture(new FrazilException(ErrorCode.MEMORY_LIMIT, "full"))
          : workers.run(request);
    };
  }

  private int dividedTasks(String id) throws IOException {
    if (!Files.exists(stages(id))) {
      return 0;
    }
    int count = 0;
    try (Stream<Path> files = Files.walk(stages(id))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".arrow")).toList()) {
        PartialManifest partial =
            PartialReader.readManifest(new LocalObjectStore(), file.toString());
        count += partial.attempt().equals(Halves.DIVIDED) ? 1 : 0;
      }
    }
    return count;
  }

  private StageJournal kept(Query query, String id) {
    return StoredJournal.resume(objects(id), plan(query));
  }

  /// Leaves what a process leaves that is lost while a stage runs.
  private void loseTheEnd(Query query, String id, SplittableRandom random) throws IOException {
    List<Integer> order = new StageShapes(plan(query)).relevant(_ -> false);
    int lost = random.nextInt(order.size() - 1);
    for (int i = 0; i < order.size() - 1; i++) {
      if (i >= lost || random.nextInt(3) == 0) {
        Files.deleteIfExists(stages(id).resolve(order.get(i) + ".jsonl"));
      }
      Path tasks = stages(id).resolve(order.get(i) + "/tasks");
      if (i >= lost && Files.exists(tasks)) {
        try (Stream<Path> partials = Files.list(tasks)) {
          for (Path partial : partials.sorted().toList()) {
            if (i > lost || random.nextBoolean()) {
              Files.delete(partial);
            }
          }
        }
      }
    }
  }

  private Path stages(String id) {
    return folder.resolve("queries/" + id + "/stages/1");
  }

  private static Turn turn(StageStatistics stage) {
    // Scans and the result have at most two tasks a worker.
    return stage.tasks() == 0
        ? Turn.BROADCAST
        : stage.scans().isEmpty() && stage.tasks() > PARTITIONS && stage.title().equals("join")
            ? Turn.DIVIDED
            : Turn.NONE;
  }

  /// A join of two tables, or of a join and a third one, with the rows of a further one beside it.
  private static final class Query {
    private final SplittableRandom random;
    private final Map<Integer, List<Split>> splits = new HashMap<>();
    private final PhysicalPlan plan;
    private int nodes;

    Query(SplittableRandom random) {
      this.random = random;
      PhysicalPlan join = join(table(), table());
      if (random.nextInt(3) == 0) {
        join = join(join, table());
      }
      if (random.nextInt(4) == 0) {
        join = new Union(nodes++, List.of(join, table()), join.schema());
      }
      this.plan = new Exchange(nodes++, join, new Distribution.Gather());
    }

    private PhysicalPlan join(PhysicalPlan left, PhysicalPlan right) {
      JoinType type = JoinType.values()[random.nextInt(JoinType.values().length)];
      if (type == JoinType.NULL_AWARE_ANTI) {
        type = JoinType.INNER;
      }
      int lefts = left.schema().size();
      int rights = right.schema().size();
      List<Integer> kept =
          IntStream.range(type.keepsLeft() ? 0 : lefts, type.keepsRight() ? lefts + rights : lefts)
              .boxed()
              .toList();
      List<Integer> outputs =
          IntStream.range(0, 2).mapToObj(_ -> kept.get(random.nextInt(kept.size()))).toList();
      return new HashJoin(
          nodes++,
          hashed(left),
          hashed(right),
          type,
          List.of(0),
          List.of(0),
          random.nextBoolean() ? null : condition(lefts + 1),
          outputs,
          List.of());
    }

    private PhysicalPlan hashed(PhysicalPlan input) {
      return new Exchange(nodes++, input, new Distribution.Hash(List.of(0), PARTITIONS));
    }

    private static Expression condition(int right) {
      return new Expression.Comparison(
          ComparisonOperator.LESS_OR_EQUAL,
          new Expression.Column(1, "v", Types.BIGINT, true),
          new Expression.Column(right, "v", Types.BIGINT, true));
    }

    /// Of few rows or many, and of as many bytes as a planner might see, which says nothing.
    private PhysicalPlan table() {
      int scan = nodes++;
      int rows = random.nextBoolean() ? random.nextInt(20) : random.nextInt(400);
      int keys = 1 + random.nextInt(60);
      double skew = random.nextDouble();
      List<Split> own = new ArrayList<>();
      for (int split = 1 + random.nextInt(6); split > 0; split--) {
        List<@Nullable Object[]> share = new ArrayList<>();
        for (int row = random.nextInt(1 + rows / 3); row > 0; row--) {
          share.add(row(keys, skew));
        }
        own.add(new RowsSplit(JoinPlans.SCHEMA, share, 1L << random.nextInt(10)));
      }
      splits.put(scan, own);
      return random.nextBoolean()
          ? JoinPlans.scan(scan)
          : JoinPlans.filtered(nodes++, JoinPlans.scan(scan));
    }

    private @Nullable Object[] row(int keys, double skew) {
      Long key =
          random.nextInt(20) == 0
              ? null
              : Long.valueOf(random.nextDouble() < skew ? 0 : random.nextInt(keys));
      Long value = random.nextInt(20) == 0 ? null : Long.valueOf(random.nextInt(-3, 30));
      return new @Nullable Object[] {key, value};
    }
  }

  private BatchReader inOneGo(Query query) {
    return TaskExecution.start(
        query.plan,
        new TaskInputs(
            query.splits,
            Map.of(),
            input -> {
              throw new AssertionError(input);
            }),
        context());
  }

  private BatchReader inStages(Query query, String id, QueryTally tally, StageJournal journal) {
    return inStages(query, id, tally, journal, workers);
  }

  private BatchReader inStages(
      Query query, String id, QueryTally tally, StageJournal journal, Dispatcher dispatcher) {
    StagePlan plan = plan(query);
    List<StageTally> tallies =
        plan.stages().stream()
            .map(stage ->
                new StageTally(
                    stage.number(),
                    stage.plan() instanceof HashJoin ? "join" : "other",
                    stage.plan().id(),
                    List.of(),
                    Spending.unlimited()))
            .toList();
    tally.planned(tallies);
    var environment =
        new StageEnvironment(
            id,
            objects(id),
            journal,
            dispatcher,
            Optional.empty(),
            PARTITIONS,
            new RetryPolicy(3, Duration.ZERO),
            new Fragment.Limits(64 << 20, 1),
            Compression.NONE,
            FUNCTIONS,
            context());
    return new StagedExecution(plan, tallies, environment);
  }

  private static StagePlan plan(Query query) {
    return new StagePlan(
        query.plan.schema(),
        StageCutter.cut(query.plan),
        new ScanInputs(query.splits, Map.of(), Map.of()),
        PARTITIONS,
        1,
        Estimate.NONE);
  }

  private StageObjects objects(String id) {
    return new StageObjects(new LocalObjectStore(), folder + "/queries/" + id + "/", 1);
  }

  private TaskContext context() {
    return new TaskContext(
        new LocalObjectStore(), memory, FUNCTIONS, new Cancellation(), new TaskMetrics(), 2);
  }

  private static List<String> rows(BatchReader reader) {
    var rows = new ArrayList<String>();
    try (reader) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        VectorValues.rows(batch).forEach(row -> rows.add(row.toString()));
      }
    }
    return rows;
  }
}
