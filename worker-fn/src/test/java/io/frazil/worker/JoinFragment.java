package io.frazil.worker;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.events.FragmentRequest;
import io.frazil.events.Json;
import io.frazil.events.log.QueryLog;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// A fragment of many kinds of nodes that runs, over a partial that is there, for a worker that
/// believes nobody.
final class JoinFragment {
  static final int ROWS = 1_000;
  static final int GROUPS = 7;

  private static final String QUERY = "abcdef01";
  private static final Schema SCHEMA =
      Schema.of(new Field("k", Types.BIGINT, false), new Field("s", Types.VARCHAR, false));
  static final FunctionRegistry FUNCTIONS = BuiltInAggregates.register(BuiltInFunctions.registry());

  private final Path folder;
  private final MemoryPool memory = new MemoryPool(1L << 30);
  private final WorkerHandler worker;
  private final PartialManifest manifest;

  JoinFragment(Path root, Compression compression) {
    this.folder = root.resolve("queries/" + QUERY);
    this.worker =
        new WorkerHandler(
            new FragmentRunner(
                new LocalObjectStore(),
                FUNCTIONS,
                memory,
                Duration.ofSeconds(1),
                Optional.of(ResultsFolder.of(root.toString())),
                CpuClock.PROCESS,
                QueryLog.SILENT));
    this.manifest = partial(folder.resolve(compression + "-0.arrow"), compression);
  }

  WorkerHandler worker() {
    return worker;
  }

  MemoryPool memory() {
    return memory;
  }

  /// What it reads.
  Path input() {
    return Path.of(manifest.location());
  }

  /// Where of that.
  PartialManifest.Range range() {
    return manifest.partitions().getFirst();
  }

  /// Where it writes.
  Path output() {
    return folder.resolve("1.arrow");
  }

  byte[] request() {
    var fragment =
        new Fragment(
            Fragment.VERSION,
            BuildId.current(),
            BuildId.fingerprint(FUNCTIONS),
            plan(),
            Map.of(),
            Map.of(0, List.of(manifest)),
            new Fragment.Output(
                output().toString(), new Distribution.Hash(List.of(0), 3), Compression.NONE, 0),
            new Fragment.Limits(Long.MAX_VALUE, 1),
            folder.resolve("control.json").toString());
    return Json.encode(new FragmentRequest(QUERY, 1, 0, 1, FragmentJson.write(fragment)));
  }

  private static PartialManifest partial(Path at, Compression compression) {
    var rows = new BatchBuilder(SCHEMA);
    for (long k = 0; k < ROWS; k++) {
      rows.row(k, "row " + k % GROUPS);
    }
    try (var writer =
        new PartialWriter(
            new LocalObjectStore(),
            at.toString(),
            "1",
            SCHEMA,
            1,
            compression,
            new MemoryPool(1 << 30))) {
      for (Batch batch : rows.batches()) {
        writer.write(0, batch);
      }
      return writer.commit();
    }
  }

  private static PhysicalPlan plan() {
    var input = new PhysicalPlan.StageInput(1, 0, SCHEMA);
    var k = new Expression.Column(0, "k", Types.BIGINT, false);
    var s = new Expression.Column(1, "s", Types.VARCHAR, false);
    var filter =
        new PhysicalPlan.Filter(
            2,
            input,
            new Expression.And(
                List.of(
                    new Expression.Comparison(
                        ComparisonOperator.LESS, k, new Expression.Literal(900L, Types.BIGINT)),
                    new Expression.Not(new Expression.IsNull(s)))));
    return top(joined(filter));
  }

  private static PhysicalPlan joined(PhysicalPlan filter) {
    var decimal = Types.decimal(10, 2);
    var values =
        new PhysicalPlan.Values(
            3,
            Schema.of(new Field("k2", Types.BIGINT, false), new Field("d", decimal, true)),
            LongStream.range(0, 3)
                .mapToObj(i ->
                    List.of(
                        new Expression.Literal(i, Types.BIGINT),
                        new Expression.Literal(BigDecimal.valueOf(i * 100, 2), decimal)))
                .toList());
    var scan =
        new PhysicalPlan.TableScan(
            8,
            new TableReference(List.of("memory", "default", "t"), null),
            List.of(ScanColumn.named(new Field("k2", Types.BIGINT, false))),
            List.of(),
            List.of(0),
            null,
            List.of());
    var semi =
        new PhysicalPlan.HashJoin(
            9,
            filter,
            scan,
            JoinType.LEFT_ANTI,
            List.of(0),
            List.of(0),
            null,
            List.of(0, 1),
            List.of());
    return new PhysicalPlan.HashJoin(
        4, semi, values, JoinType.LEFT, List.of(0), List.of(0), null, List.of(1, 0, 3), List.of());
  }

  private static PhysicalPlan top(PhysicalPlan join) {
    var twice =
        new Expression.Arithmetic(
            ArithmeticOperator.ADD,
            new Expression.Column(1, "k", Types.BIGINT, false),
            new Expression.Literal(1L, Types.BIGINT),
            Types.BIGINT);
    var project =
        new PhysicalPlan.Project(
            5,
            join,
            List.of(new Expression.Column(0, "s", Types.VARCHAR, false), twice),
            List.of("s", "n"));
    var aggregate =
        new PhysicalPlan.HashAggregate(
            6, project, List.of(0), List.of(sum()), PhysicalPlan.Phase.SINGLE);
    return new PhysicalPlan.TopN(
        7,
        aggregate,
        List.of(new SortKey(0, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST)),
        100,
        0);
  }

  private static AggregateCall sum() {
    var signature = FUNCTIONS.requireAggregate("sum").resolve(List.of(Types.BIGINT)).orElseThrow();
    return new AggregateCall(
        "sum",
        List.of(1),
        null,
        "total",
        signature.result(),
        true,
        signature.state(),
        List.of(Types.BIGINT));
  }
}
