package io.frazil.engine.evaluate;

import static io.frazil.engine.evaluate.Values.arithmetic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.ExpressionText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random expressions over random batches, with nulls, selections and dictionaries, against
/// [RowModel]: as values, as conditions, and folded.
class RandomExpressionTest {
  private static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.TINYINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DOUBLE,
          Types.REAL,
          Types.VARCHAR,
          Types.DATE,
          Types.decimal(15, 2),
          Types.decimal(38, 4));

  private static final int ROUNDS = 100;

  private Random random = new Random(0);

  /// What a round is about.
  enum Size {
    ONE_ROW,
    FEW_ROWS,
    WHOLE_BATCH
  }

  @ParameterizedTest
  @EnumSource
  void expressionsMeanWhatTheModelSays(Size size) {
    long start = System.nanoTime();
    for (int round = 0; round < (size == Size.WHOLE_BATCH ? ROUNDS / 10 : ROUNDS); round++) {
      long seed = start + round;
      try {
        random = new Random(seed);
        round(rows(size));
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decimalArithmeticIsExact(ArithmeticOperator operator) {
    long start = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      long seed = start + round;
      try {
        random = new Random(seed);
        decimals(operator, 1 + random.nextInt(100));
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void decimals(ArithmeticOperator operator, int rows) {
    DataType left = decimalType();
    DataType right = decimalType();
    Expression expression =
        arithmetic(new Column(0, "a", left, true), operator, new Column(1, "b", right, true));
    Projection projection = Projection.compile(List.of(expression), Values.FUNCTIONS);
    for (int i = 0; i < 3; i++) {
      List<List<Object>> data = List.of(values(left, rows), values(right, rows));
      Batch batch =
          Batch.of(rows, Values.vector(left, data.get(0)), Values.vector(right, data.get(1)));
      checkValues(expression, projection, data, batch);
      int[] some = IntStream.range(0, rows).filter(_ -> random.nextInt(20) == 0).toArray();
      checkValues(expression, projection, data, batch.select(some, some.length));
    }
  }

  private DataType decimalType() {
    int precision = 1 + random.nextInt(random.nextBoolean() ? 18 : 38);
    return Types.decimal(precision, random.nextInt(precision + 1));
  }

  private int rows(Size size) {
    return switch (size) {
      case ONE_ROW -> 1;
      case FEW_ROWS -> 1 + random.nextInt(200);
      case WHOLE_BATCH -> Batch.MAX_ROWS - random.nextInt(70);
    };
  }

  /// Two batches through the same evaluators, so that nothing stays behind of the first.
  private void round(int rows) {
    Expression expression = expression(TYPES.get(random.nextInt(TYPES.size())), 4);
    Projection projection = Projection.compile(List.of(expression, expression), Values.FUNCTIONS);
    Projection folded =
        Projection.compile(List.of(Folding.fold(expression, Values.FUNCTIONS)), Values.FUNCTIONS);
    Expression condition = expression(Types.BOOLEAN, 4);
    Expression second = expression(Types.BOOLEAN, 2);
    Predicate predicate = Predicate.compile(List.of(condition, second), Values.FUNCTIONS);
    for (int i = 0; i < 3; i++) {
      List<List<Object>> data = TYPES.stream().map(t -> values(t, rows)).toList();
      Batch batch = batch(data, rows);
      checkValues(expression, projection, data, batch);
      checkValues(expression, folded, data, batch);
      checkFilter(List.of(condition, second), predicate, data, batch);
    }
  }

  private static Object[] row(List<List<Object>> data, int row) {
    return data.stream().map(column -> column.get(row)).toArray();
  }

  private static List<Integer> live(Batch batch) {
    int[] selection = batch.selection();
    return IntStream.range(0, batch.rows())
        .mapToObj(i -> selection == null ? i : selection[i])
        .toList();
  }

  private static void checkValues(
      Expression expression, Projection projection, List<List<Object>> data, Batch batch) {
    var expected = new ArrayList<Object>();
    boolean fails = false;
    for (int p : live(batch)) {
      try {
        expected.add(new RowModel(row(data, p)).value(expression));
      } catch (ArithmeticException e) {
        fails = true;
      }
    }
    Vector result;
    try {
      result = projection.evaluate(batch).column(0);
    } catch (FrazilException e) {
      assertThat(e.code()).isIn(ErrorCode.NUMERIC_OVERFLOW, ErrorCode.DIVISION_BY_ZERO);
      assertThat(fails).as("%s: %s", e.getMessage(), ExpressionText.text(expression)).isTrue();
      return;
    }
    if (fails) {
      fail("no error from " + ExpressionText.text(expression));
    }
    List<Integer> live = live(batch);
    for (int i = 0; i < live.size(); i++) {
      int p = live.get(i);
      Object actual = Constants.literal(result, p).value();
      Object wanted = expected.get(i);
      boolean same =
          actual == null || wanted == null
              ? actual == wanted
              : RowModel.compare(actual, wanted) == 0;
      if (!same) {
        fail(
            "%s is %s, not %s, at %s of %s"
                .formatted(
                    ExpressionText.text(expression), actual, wanted, p, List.of(row(data, p))));
      }
    }
  }

  private static void checkFilter(
      List<Expression> conditions, Predicate predicate, List<List<Object>> data, Batch batch) {
    var expected = new ArrayList<Integer>();
    boolean fails = false;
    for (int p : live(batch)) {
      try {
        var model = new RowModel(row(data, p));
        if (conditions.stream().allMatch(c -> Boolean.TRUE.equals(model.value(c)))) {
          expected.add(p);
        }
      } catch (ArithmeticException e) {
        fails = true;
      }
    }
    Batch result;
    try {
      result = predicate.filter(batch);
    } catch (FrazilException e) {
      assertThat(fails).as(e.getMessage()).isTrue();
      return;
    }
    // A row that another condition has rejected first may never have come to its error.
    if (!fails) {
      assertThat(live(result)).isEqualTo(expected);
    }
  }

  private Batch batch(List<List<Object>> data, int rows) {
    Vector[] vectors = new Vector[TYPES.size()];
    for (int i = 0; i < vectors.length; i++) {
      DataType type = TYPES.get(i);
      vectors[i] =
          random.nextInt(3) == 0
              ? Values.dictionary(type, data.get(i), nonNull(type))
              : Values.vector(type, data.get(i));
    }
    Batch batch = Batch.of(rows, vectors);
    int one = random.nextInt(3) == 0 ? 30 : 2;
    int[] selection = IntStream.range(0, rows).filter(p -> random.nextInt(one) == 0).toArray();
    return random.nextBoolean() ? batch : batch.select(selection, selection.length);
  }

  private List<Object> values(DataType type, int rows) {
    boolean nullable = random.nextBoolean();
    boolean few = random.nextBoolean();
    List<Object> pool = few ? List.of(nonNull(type), nonNull(type), nonNull(type)) : List.of();
    var values = new ArrayList<Object>();
    for (int i = 0; i < rows; i++) {
      boolean isNull = nullable && random.nextInt(4) == 0;
      values.add(isNull ? null : few ? pool.get(random.nextInt(pool.size())) : nonNull(type));
    }
    return values;
  }

  /// Small values mostly, the edges sometimes.
  private Object nonNull(DataType type) {
    boolean isEdge = random.nextInt(40) == 0;
    return switch (type) {
      case DataType.Simple.BOOLEAN -> random.nextBoolean();
      case DataType.Simple.TINYINT -> (long) (byte) (isEdge ? random.nextInt() : small());
      case DataType.Simple.INTEGER, DataType.Simple.DATE ->
          (long) (isEdge ? random.nextInt() : small());
      case DataType.Simple.DOUBLE -> isEdge ? edgeDouble() : small() / 4.0;
      case DataType.Simple.REAL -> isEdge ? edgeDouble() : (double) (float) (small() / 3.0);
      case DataType.Simple.VARCHAR -> "größe abc".substring(random.nextInt(9));
      case DataType.Decimal(int precision, int scale) ->
          new BigDecimal(
              isEdge
                  ? new BigInteger((int) (precision * 3.3), random)
                  : BigInteger.valueOf(small() % (precision == 1 ? 10 : 100)),
              scale);
      default -> isEdge ? random.nextLong() : (long) small();
    };
  }

  private int small() {
    return random.nextInt(21) - 10;
  }

  private double edgeDouble() {
    double[] edges = {Double.NaN, -0.0, 0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    return edges[random.nextInt(edges.length)];
  }

  private Expression expression(DataType type, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return leaf(type);
    }
    return switch (random.nextInt(6)) {
      case 0 ->
          new Expression.Case(
              List.of(
                  new Branch(expression(Types.BOOLEAN, depth - 1), expression(type, depth - 1)),
                  new Branch(expression(Types.BOOLEAN, depth - 1), expression(type, depth - 1))),
              expression(type, depth - 1),
              type);
      case 1 ->
          new Expression.Coalesce(
              List.of(expression(type, depth - 1), expression(type, depth - 1)));
      default -> type == Types.BOOLEAN ? condition(depth) : number(type, depth);
    };
  }

  private Expression leaf(DataType type) {
    int index = TYPES.indexOf(type);
    if (random.nextInt(4) == 0 || index < 0) {
      return new Literal(random.nextInt(10) == 0 ? null : nonNull(type), type);
    }
    return new Column(index, "c" + index, type, true);
  }

  private Expression condition(int depth) {
    DataType type = TYPES.get(random.nextInt(TYPES.size()));
    List<Expression> two =
        List.of(expression(Types.BOOLEAN, depth - 1), expression(Types.BOOLEAN, depth - 1));
    return switch (random.nextInt(7)) {
      case 0 -> new Expression.And(two);
      case 1 -> new Expression.Or(two);
      case 2 -> new Expression.Not(two.getFirst());
      case 3 -> new Expression.IsNull(expression(type, depth - 1));
      case 4 -> new Expression.InList(expression(type, depth - 1), list(type));
      case 5 -> between(type);
      default -> comparison(type, depth);
    };
  }

  private Expression comparison(DataType type, int depth) {
    var operators = ComparisonOperator.values();
    var operator = operators[random.nextInt(operators.length)];
    Expression right =
        random.nextBoolean() ? new Literal(nonNull(type), type) : expression(type, depth - 1);
    Expression left = expression(type, depth - 1);
    return random.nextBoolean()
        ? new Expression.Comparison(operator, left, right)
        : new Expression.Comparison(operator, right, left);
  }

  private Expression between(DataType type) {
    Expression value = leaf(type);
    return new Expression.And(
        List.of(
            new Expression.Comparison(
                ComparisonOperator.GREATER_OR_EQUAL, value, new Literal(nonNull(type), type)),
            new Expression.Comparison(
                ComparisonOperator.LESS, value, new Literal(nonNull(type), type))));
  }

  private List<Literal> list(DataType type) {
    return IntStream.range(0, 1 + random.nextInt(12))
        .mapToObj(_ -> new Literal(nonNull(type), type))
        .toList();
  }

  private Expression number(DataType type, int depth) {
    if (!type.isNumeric()) {
      return leaf(type);
    }
    if (random.nextInt(8) == 0) {
      return new Expression.Negate(expression(type, depth - 1));
    }
    var operators = ArithmeticOperator.values();
    var operator = operators[random.nextInt(operators.length)];
    if (!(type instanceof DataType.Decimal)) {
      return arithmetic(expression(type, depth - 1), operator, expression(type, depth - 1));
    }
    // Decimal arithmetic has a type of its own, and so goes where any type is asked for.
    Expression left = leaf(TYPES.get(8 + random.nextInt(2)));
    Expression right = leaf(TYPES.get(8 + random.nextInt(2)));
    Expression value = arithmetic(left, operator, right);
    return new Expression.Case(
        List.of(
            new Branch(
                new Expression.Comparison(
                    ComparisonOperator.LESS, value, new Literal(zero(value), value.type())),
                expression(type, depth - 1))),
        expression(type, depth - 1),
        type);
  }

  private static BigDecimal zero(Expression like) {
    return BigDecimal.ZERO.setScale(((DataType.Decimal) like.type()).scale());
  }
}
