package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Call;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction.Signature;
import io.frazil.engine.kernel.Merge;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Vectors and expressions in few words. Values are those of [Literal].
public final class Values {
  public static final FunctionRegistry FUNCTIONS = BuiltInFunctions.registry();

  private Values() {}

  /// A flat vector of these values.
  public static Vector vector(DataType type, List<?> values) {
    var merge = new Merge(type);
    merge.start(values.size());
    for (int i = 0; i < values.size(); i++) {
      Vector one = Constants.vector(new Literal(values.get(i), type));
      merge.copy(repeated(one, values.size()), new int[] {i}, 1);
    }
    return merge.finish();
  }

  public static Vector vector(DataType type, Object... values) {
    return vector(type, Arrays.asList(values));
  }

  private static Vector repeated(Vector one, int length) {
    return DictionaryVector.constant(one, length);
  }

  /// A dictionary vector: its entries in the order in which values first come, and one that no row
  /// refers to.
  public static Vector dictionary(DataType type, List<?> values, Object unused) {
    List<Object> entries =
        new ArrayList<>(values.stream().filter(v -> v != null).distinct().toList());
    entries.add(unused);
    int[] ids = values.stream().mapToInt(v -> v == null ? 0 : entries.indexOf(v)).toArray();
    boolean hasNulls = values.stream().anyMatch(v -> v == null);
    Vector flat = vector(type, values);
    return new DictionaryVector(
        ids, vector(type, entries), values.size(), hasNulls ? flat.validity() : null);
  }

  /// All values of a vector, for comparing.
  public static List<Object> list(Vector vector) {
    return list(vector, Rows.all(vector.length()));
  }

  /// The values of the live rows.
  public static List<Object> list(Vector vector, Rows rows) {
    return IntStream.range(0, rows.count())
        .mapToObj(i -> Constants.literal(vector, rows.position(i)).value())
        .toList();
  }

  public static Column column(int index, DataType type) {
    return new Column(index, "c" + index, type, true);
  }

  public static Literal literal(Object value, DataType type) {
    return new Literal(value, type);
  }

  public static Literal integer(long value) {
    return new Literal(value, Types.INTEGER);
  }

  public static Literal bigint(long value) {
    return new Literal(value, Types.BIGINT);
  }

  public static Literal text(String value) {
    return new Literal(value, Types.VARCHAR);
  }

  public static Literal truth(Boolean value) {
    return new Literal(value, Types.BOOLEAN);
  }

  public static Literal decimal(String value) {
    var decimal = new BigDecimal(value);
    return new Literal(
        decimal,
        Types.decimal(Math.max(decimal.precision(), decimal.scale() + 1), decimal.scale()));
  }

  public static Comparison compare(Expression left, ComparisonOperator operator, Expression right) {
    return new Comparison(operator, left, right);
  }

  /// With the type that the operands ask for.
  public static Arithmetic arithmetic(
      Expression left, ArithmeticOperator operator, Expression right) {
    if (left.type() instanceof DataType.Decimal a && right.type() instanceof DataType.Decimal b) {
      DataType type =
          switch (operator) {
            case ADD, SUBTRACT -> DecimalTypes.add(a, b);
            case MULTIPLY -> DecimalTypes.multiply(a, b);
            case DIVIDE -> DecimalTypes.divide(a, b);
            case MODULO -> DecimalTypes.modulo(a, b);
          };
      return new Arithmetic(operator, left, right, type);
    }
    return new Arithmetic(operator, left, right, left.type());
  }

  public static Cast cast(Expression operand, DataType type) {
    return new Cast(operand, type, OnError.FAIL);
  }

  public static Cast tryCast(Expression operand, DataType type) {
    return new Cast(operand, type, OnError.NULL);
  }

  /// A call with its arguments cast to what the function asks for.
  public static Expression call(String function, Expression... arguments) {
    List<DataType> types = Arrays.stream(arguments).map(Expression::type).toList();
    Signature signature =
        FUNCTIONS
            .requireScalar(function)
            .resolve(types)
            .orElseThrow(() -> new IllegalArgumentException(function + " of " + types));
    List<Expression> cast =
        IntStream.range(0, arguments.length)
            .mapToObj(i ->
                types.get(i).equals(signature.arguments().get(i))
                    ? arguments[i]
                    : (Expression) cast(arguments[i], signature.arguments().get(i)))
            .toList();
    return new Call(function, cast, signature.result(), true);
  }

  /// The value of an expression without columns.
  public static Object value(Expression expression) {
    return evaluate(expression, Batch.of(1)).getFirst();
  }

  /// The values of the live rows.
  public static List<Object> evaluate(Expression expression, Batch batch) {
    Batch result = Projection.compile(List.of(expression), FUNCTIONS).evaluate(batch);
    return list(result.column(0), new Rows(batch.length(), batch.selection(), batch.rows()));
  }

  /// The positions of the rows that pass.
  public static List<Integer> filter(Batch batch, Expression... conjuncts) {
    Batch result = Predicate.compile(List.of(conjuncts), FUNCTIONS).filter(batch);
    var rows = new Rows(result.length(), result.selection(), result.rows());
    return IntStream.range(0, rows.count()).map(rows::position).boxed().toList();
  }
}
