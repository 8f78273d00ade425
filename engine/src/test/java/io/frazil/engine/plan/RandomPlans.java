package io.frazil.engine.plan;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Random plans with every node and every expression. They need not make sense to run.
final class RandomPlans {
  private static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.VARCHAR,
          Types.DATE,
          Types.TIMESTAMP,
          new DataType.Timestamp(9, true),
          Types.decimal(15, 2),
          Types.decimal(38, 10));
  private static final List<Double> DOUBLES =
      List.of(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 0.1, -1e300);

  private final SplittableRandom random;
  private int nextId;

  RandomPlans(long seed) {
    random = new SplittableRandom(seed);
  }

  PhysicalPlan plan(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Supplier<PhysicalPlan> below = () -> plan(depth - 1);
    int id = nextId++;
    return switch (random.nextInt(11)) {
      case 0 -> new PhysicalPlan.Filter(id, below.get(), expression(3));
      case 1 -> project(id, below.get());
      case 2 -> aggregate(id, below.get());
      case 3 -> hashJoin(id, below.get(), below.get());
      case 4 ->
          new PhysicalPlan.NestedLoopJoin(
              id,
              below.get(),
              below.get(),
              pick(JoinType.values()),
              maybe(expression(2)),
              List.of());
      case 5 -> new PhysicalPlan.Sort(id, below.get(), List.of(sortKey(), sortKey()));
      case 6 ->
          new PhysicalPlan.TopN(id, below.get(), List.of(sortKey()), random.nextLong(), number());
      case 7 -> new PhysicalPlan.Limit(id, below.get(), random.nextLong(), number());
      case 8 -> {
        PhysicalPlan first = below.get();
        yield new PhysicalPlan.Union(id, List.of(first, below.get()), first.schema());
      }
      case 9 -> new PhysicalPlan.Shared(id, number(), below.get());
      default -> new PhysicalPlan.Exchange(id, below.get(), distribution());
    };
  }

  private PhysicalPlan leaf() {
    int id = nextId++;
    return switch (random.nextInt(3)) {
      case 0 ->
          new PhysicalPlan.TableScan(
              id,
              new TableReference(List.of("c", "s", text()), maybe(random.nextLong())),
              List.of(scanColumn(), scanColumn()),
              List.of(expression(2)),
              List.of(1, 0),
              maybe(random.nextLong()),
              List.of(new RuntimeFilterTarget(number(), 1)));
      case 1 ->
          new PhysicalPlan.Values(
              id,
              Schema.of(field(), field()),
              List.of(List.of(literal(), literal()), List.of(literal(), literal())));
      default -> new PhysicalPlan.StageInput(id, number(), Schema.of(field(), field()));
    };
  }

  private PhysicalPlan project(int id, PhysicalPlan input) {
    return new PhysicalPlan.Project(
        id, input, List.of(expression(3), expression(1)), List.of(text(), text()));
  }

  private PhysicalPlan aggregate(int id, PhysicalPlan input) {
    var call =
        new AggregateCall(
            text(), List.of(0), maybe(number()), text(), type(), flip(), List.of(field()));
    return new PhysicalPlan.HashAggregate(
        id, input, List.of(0), List.of(call), pick(PhysicalPlan.Phase.values()));
  }

  private PhysicalPlan hashJoin(int id, PhysicalPlan left, PhysicalPlan right) {
    return new PhysicalPlan.HashJoin(
        id,
        left,
        right,
        pick(JoinType.values()),
        List.of(0),
        List.of(0),
        maybe(expression(2)),
        List.of(),
        List.of(new RuntimeFilterSource(number(), 0)));
  }

  Expression expression(int depth) {
    if (depth == 0) {
      return flip() ? literal() : new Expression.Column(number(), text(), type(), flip());
    }
    Supplier<Expression> below = () -> expression(depth - 1);
    return switch (random.nextInt(12)) {
      case 0 -> new Expression.And(List.of(below.get(), below.get()));
      case 1 -> new Expression.Or(List.of(below.get(), below.get(), below.get()));
      case 2 -> new Expression.Not(below.get());
      case 3 -> new Expression.IsNull(below.get());
      case 4 ->
          new Expression.Comparison(pick(ComparisonOperator.values()), below.get(), below.get());
      case 5 -> new Expression.InList(below.get(), List.of(literal(), literal()));
      case 6 ->
          new Expression.Arithmetic(
              pick(ArithmeticOperator.values()), below.get(), below.get(), type());
      case 7 -> new Expression.Negate(below.get());
      case 8 -> new Expression.Cast(below.get(), type(), pick(Expression.OnError.values()));
      case 9 ->
          new Expression.Case(
              List.of(new Expression.Branch(below.get(), below.get())), below.get(), type());
      case 10 -> new Expression.Coalesce(List.of(below.get(), below.get()));
      default -> new Expression.Call(text(), List.of(below.get()), type(), flip());
    };
  }

  Split split() {
    return new Split.Parquet(
        "file:/" + text(), number(), number(), number(), maybe(text()), Map.of(3, literal()));
  }

  Distribution distribution() {
    return switch (random.nextInt(3)) {
      case 0 -> new Distribution.Gather();
      case 1 -> new Distribution.Broadcast();
      default -> new Distribution.Hash(List.of(0, 2), 1 + number());
    };
  }

  Expression.Literal literal() {
    DataType type = type();
    if (random.nextInt(5) == 0) {
      return new Expression.Literal(null, type);
    }
    Object value =
        switch (type) {
          case DataType.Simple.BOOLEAN -> flip();
          case DataType.Simple.REAL, DataType.Simple.DOUBLE -> pick(DOUBLES.toArray(Double[]::new));
          case DataType.Simple.VARCHAR -> text();
          case DataType.Decimal(int precision, int scale) ->
              new BigDecimal(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)), scale);
          case DataType.Simple _, DataType.Timestamp _ -> random.nextLong();
        };
    return new Expression.Literal(value, type);
  }

  private ScanColumn scanColumn() {
    return new ScanColumn(
        text(), type(), flip(), maybe(number()), maybe(List.of(text(), text())), maybe(literal()));
  }

  private SortKey sortKey() {
    return new SortKey(number(), pick(SortKey.Direction.values()), pick(SortKey.Nulls.values()));
  }

  private Field field() {
    return new Field(text(), type(), flip());
  }

  private DataType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  private String text() {
    var text = new ArrayList<String>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.add(pick(new String[] {"a", "\"", "\\", "\u0000", "é", "𝄞", " ", "'", "}"}));
    }
    return String.join("", text);
  }

  private int number() {
    return random.nextInt(100);
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> @Nullable T maybe(T value) {
    return flip() ? value : null;
  }
}
