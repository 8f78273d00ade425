package io.frazil.worker.prime;

import static io.frazil.worker.prime.Expressions.call;
import static io.frazil.worker.prime.Expressions.column;
import static io.frazil.worker.prime.Expressions.compare;
import static io.frazil.worker.prime.Expressions.constant;
import static io.frazil.worker.prime.Expressions.in;
import static io.frazil.worker.prime.Expressions.minus;
import static io.frazil.worker.prime.Expressions.plus;
import static io.frazil.worker.prime.Expressions.times;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.function.AggregateFunction.Signature;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// One round's fragments, shaped like the stages of the most common queries.
final class PrimingFragments {
  private static final long INLINE_BYTES = 64 << 10;
  private static final int PARTITIONS = 4;
  private static final int LIMIT = 100;
  private static final int FILTER = 1;

  /// How long the ranges of days are that rounds look at, in turn.
  private static final int[] LENGTHS = {365, 30, 1_000, 5_000, 1};

  private static final int STRIDE = 97;

  private final FunctionRegistry functions;
  private final PrimingTable table;
  private final int round;

  /// The days that this round looks at, of which there may be none in a file.
  private final long from;

  private final long to;
  private int nodes;
  private int tasks;
  private final List<Integer> scans = new ArrayList<>();

  PrimingFragments(FunctionRegistry functions, PrimingTable table, int round) {
    this.functions = functions;
    this.table = table;
    this.round = round;
    this.from = PrimingTable.FIRST_DAY + (long) round * STRIDE % PrimingTable.DAYS;
    this.to = from + LENGTHS[round % LENGTHS.length];
  }

  /// All others, of which the last reads what the join gave.
  List<FragmentRequest> all(FragmentResponse joined) {
    return List.of(sum(), groups(), byPart(), texts(), byYear(), everyMode(), merge(joined));
  }

  /// Where a round's objects lie.
  String folder() {
    return PrimingTable.BUCKET + "queries/" + query() + "/";
  }

  private String query() {
    return HexFormat.of().toHexDigits(round);
  }

  /// A sum of products of the rows in a range: TPC-H's Q6.
  FragmentRequest sum() {
    Schema read = columns("price", "discount", "quantity", "shipped");
    PhysicalPlan scan =
        scan(
            read,
            List.of(
                compare(column(read, "shipped"), ComparisonOperator.GREATER_OR_EQUAL, from),
                compare(column(read, "shipped"), ComparisonOperator.LESS, to),
                compare(
                    column(read, "discount"),
                    ComparisonOperator.GREATER_OR_EQUAL,
                    new BigDecimal("0.05")),
                compare(
                    column(read, "quantity"), ComparisonOperator.LESS, new BigDecimal("24.00"))),
            List.of(0, 1),
            List.of());
    PhysicalPlan product =
        project(scan, times(column(scan.schema(), "price"), column(scan.schema(), "discount")));
    return inline(aggregate(product, List.of(), call("sum", 0)));
  }

  /// Many aggregates of few groups, of which one's argument is in another's: TPC-H's Q1.
  private FragmentRequest groups() {
    Schema read =
        columns("flag", "status", "quantity", "price", "discount", "tax", "weight", "shipped");
    PhysicalPlan scan =
        scan(
            read,
            List.of(compare(column(read, "shipped"), ComparisonOperator.LESS_OR_EQUAL, to)),
            List.of(0, 1, 2, 3, 4, 5, 6),
            List.of());
    Schema rows = scan.schema();
    Expression one = constant(new BigDecimal("1"), Types.decimal(1, 0));
    Expression discounted = times(column(rows, "price"), minus(one, column(rows, "discount")));
    PhysicalPlan computed =
        project(
            scan,
            column(rows, "flag"),
            column(rows, "status"),
            column(rows, "quantity"),
            column(rows, "weight"),
            discounted,
            times(discounted, plus(one, column(rows, "tax"))));
    return inline(
        aggregate(
            computed,
            List.of(0, 1),
            call("sum", 2),
            call("avg", 2),
            call("min", 3),
            call("max", 3),
            call("avg", 3),
            call("sum", 4),
            call("sum", 5),
            call("count")));
  }

  /// Groups by a key of many values, out of pairs of a join that filters what it probes.
  FragmentRequest join() {
    Schema probed = columns("order", "price", "part");
    PhysicalPlan left =
        scan(probed, List.of(), List.of(0, 1, 2), List.of(new RuntimeFilterTarget(FILTER, 0)));
    Schema built = columns("order", "flag", "shipped");
    PhysicalPlan right =
        scan(
            built,
            List.of(
                compare(column(built, "flag"), ComparisonOperator.EQUAL, "A"),
                compare(column(built, "shipped"), ComparisonOperator.LESS, from)),
            List.of(0, 2),
            List.of());
    var join =
        new PhysicalPlan.HashJoin(
            nodes++,
            left,
            right,
            JoinType.INNER,
            List.of(0),
            List.of(0),
            null,
            List.of(0, 1, 4),
            List.of(new RuntimeFilterSource(FILTER, 0)));
    return request(
        aggregate(join, List.of(0, 2), call("sum", 1), call("count")),
        new Distribution.Hash(List.of(0), PARTITIONS),
        0,
        Map.of());
  }

  /// Groups by an integer, of the rows that a join keeps.
  private FragmentRequest byPart() {
    Schema probed = columns("part", "weight");
    PhysicalPlan left = scan(probed, List.of(), List.of(0, 1), List.of());
    Schema built = columns("part", "status");
    PhysicalPlan right =
        scan(
            built,
            List.of(compare(column(built, "status"), ComparisonOperator.EQUAL, "F")),
            List.of(0),
            List.of());
    var join =
        new PhysicalPlan.HashJoin(
            nodes++,
            left,
            right,
            JoinType.LEFT_SEMI,
            List.of(0),
            List.of(0),
            null,
            List.of(0, 1),
            List.of());
    return request(
        aggregate(join, List.of(0), call("sum", 1), call("count", 1)),
        new Distribution.Hash(List.of(0), PARTITIONS),
        0,
        Map.of());
  }

  /// Rows as they are, in an order, by a pattern: what a query without groups sends on.
  private FragmentRequest texts() {
    Schema read = columns("order", "comment", "status", "shipped");
    Column comment = column(read, "comment");
    PhysicalPlan scan =
        scan(
            read,
            List.of(
                new Expression.Or(
                    List.of(
                        new Expression.Call(
                            "like",
                            List.of(comment, constant("%special%requests%", Types.VARCHAR)),
                            Types.BOOLEAN,
                            true),
                        compare(comment, ComparisonOperator.GREATER, "water")))),
            List.of(0, 1, 2, 3),
            List.of());
    PhysicalPlan sorted =
        new PhysicalPlan.TopN(
            nodes++, scan, List.of(ascending(1), ascending(3), ascending(0)), LIMIT, 0);
    return request(sorted, new Distribution.Hash(List.of(1), PARTITIONS), 0, Map.of());
  }

  /// Sums by year of what some modes and numbers were, by conditions: TPC-H's Q8 and Q12.
  private FragmentRequest byYear() {
    Schema read = columns("mode", "number", "price", "quantity", "shipped");
    PhysicalPlan scan =
        scan(
            read,
            List.of(
                in(column(read, "mode"), "AIR", "RAIL", "SHIP"),
                in(column(read, "number"), 1L, 2L, 7L)),
            List.of(2, 3, 4),
            List.of());
    Schema rows = scan.schema();
    Column price = column(rows, "price");
    Expression nothing = constant(new BigDecimal("0.00"), price.type());
    PhysicalPlan computed =
        project(
            scan,
            new Expression.Call(
                "date_part",
                List.of(constant("year", Types.VARCHAR), column(rows, "shipped")),
                Types.BIGINT,
                false),
            new Expression.Case(
                List.of(
                    new Expression.Branch(
                        compare(
                            column(rows, "quantity"),
                            ComparisonOperator.LESS,
                            new BigDecimal("10.00")),
                        price)),
                nothing,
                price.type()),
            new Expression.Cast(price, Types.DOUBLE, Expression.OnError.FAIL));
    return inline(aggregate(computed, List.of(0), call("sum", 1), call("avg", 2), call("count")));
  }

  /// Rows of a list besides those of files, all of both sides, in pairs where they match.
  private FragmentRequest everyMode() {
    Schema read = columns("mode", "weight");
    PhysicalPlan left = scan(read, List.of(), List.of(0, 1), List.of());
    var named = new ArrayList<List<Expression.Literal>>();
    for (String mode : List.of("AIR", "FOB", "none")) {
      named.add(List.of(constant(mode, Types.VARCHAR)));
    }
    PhysicalPlan right = new PhysicalPlan.Values(nodes++, columns("mode"), named);
    var join =
        new PhysicalPlan.HashJoin(
            nodes++,
            left,
            right,
            JoinType.FULL,
            List.of(0),
            List.of(0),
            null,
            List.of(1, 2),
            List.of());
    return request(
        aggregate(join, List.of(1), call("max", 0), call("count", 0)),
        new Distribution.Hash(List.of(0), PARTITIONS),
        0,
        Map.of());
  }

  /// The groups of the join's partitions put together, the largest first.
  private FragmentRequest merge(FragmentResponse joined) {
    PartialManifest partial =
        PlanJson.read(Objects.requireNonNull(joined.partial()), PartialManifest.class);
    var partitions = new ArrayList<PartialManifest>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(PartialInput.partition(partial, i));
    }
    int stage = 1;
    AggregateCall sum = resolved(call("sum", 1), List.of(Types.decimal(15, 2)));
    AggregateCall count = resolved(call("count"), List.of());
    var states = new ArrayList<>(columns("order", "shipped").fields());
    states.addAll(sum.state());
    states.addAll(count.state());
    PhysicalPlan groups =
        new HashAggregate(
            nodes++,
            new PhysicalPlan.StageInput(nodes++, stage, new Schema(states)),
            List.of(0, 1),
            List.of(sum, count),
            Phase.FINAL);
    PhysicalPlan top =
        new PhysicalPlan.TopN(
            nodes++,
            groups,
            List.of(
                new SortKey(2, SortKey.Direction.DESCENDING, SortKey.Nulls.FIRST), ascending(1)),
            LIMIT,
            0);
    return request(top, new Distribution.Gather(), INLINE_BYTES, Map.of(stage, partitions));
  }

  private static SortKey ascending(int column) {
    return new SortKey(column, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST);
  }

  private static Schema columns(String... names) {
    return new Schema(
        Arrays.stream(names)
            .map(name ->
                PrimingTable.SCHEMA.fields().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow())
            .toList());
  }

  private PhysicalPlan scan(
      Schema read,
      List<Expression> filters,
      List<Integer> outputs,
      List<RuntimeFilterTarget> runtimeFilters) {
    scans.add(nodes);
    return new TableScan(
        nodes++,
        new TableReference(List.of("priming"), null),
        read.fields().stream().map(ScanColumn::named).toList(),
        filters,
        outputs,
        null,
        runtimeFilters);
  }

  private PhysicalPlan project(PhysicalPlan input, Expression... expressions) {
    var names = new ArrayList<String>();
    for (int i = 0; i < expressions.length; i++) {
      names.add("c" + i);
    }
    return new PhysicalPlan.Project(nodes++, input, List.of(expressions), names);
  }

  private HashAggregate aggregate(
      PhysicalPlan input, List<Integer> keys, Expressions.Aggregate... calls) {
    var resolved = new ArrayList<AggregateCall>();
    for (Expressions.Aggregate call : calls) {
      List<DataType> types =
          call.arguments().stream().map(i -> input.schema().fields().get(i).type()).toList();
      resolved.add(resolved(call, types));
    }
    return new HashAggregate(nodes++, input, keys, resolved, Phase.PARTIAL);
  }

  private AggregateCall resolved(Expressions.Aggregate call, List<DataType> types) {
    Signature signature = functions.requireAggregate(call.function()).resolve(types).orElseThrow();
    return new AggregateCall(
        call.function(),
        call.arguments(),
        null,
        call.function(),
        signature.result(),
        signature.nullable(),
        signature.state(),
        types);
  }

  private FragmentRequest inline(PhysicalPlan plan) {
    return request(plan, new Distribution.Gather(), INLINE_BYTES, Map.of());
  }

  private FragmentRequest request(
      PhysicalPlan plan,
      Distribution distribution,
      long inlineBytes,
      Map<Integer, List<PartialManifest>> inputs) {
    var splits = new TreeMap<Integer, List<Split>>();
    scans.forEach(scan -> splits.put(scan, table.splits(round)));
    scans.clear();
    int task = tasks++;
    var compressions = PartialWriter.Compression.values();
    String fragment =
        FragmentJson.write(
            new Fragment(
                Fragment.VERSION,
                BuildId.current(),
                BuildId.fingerprint(functions),
                plan,
                splits,
                inputs,
                new Fragment.Output(
                    folder() + task + ".arrow",
                    distribution,
                    compressions[round % compressions.length],
                    inlineBytes),
                Fragment.Limits.NONE,
                folder() + "control.json"));
    // A second attempt looks first for what the one before it wrote.
    return new FragmentRequest(query(), 0, task, 1 + round % 2, fragment);
  }
}
