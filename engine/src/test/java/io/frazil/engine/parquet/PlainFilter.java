package io.frazil.engine.parquet;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates conjuncts a value at a time: slow, and plainly right.
final class PlainFilter implements RowFilter {
  private final List<Expression> conjuncts;

  PlainFilter(List<Expression> conjuncts) {
    this.conjuncts = conjuncts;
  }

  @Override
  public Batch filter(Batch batch) {
    int[] selection = new int[batch.rows()];
    int selected = 0;
    int[] live = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      int row = live == null ? i : live[i];
      if (conjuncts.stream().allMatch(c -> Boolean.TRUE.equals(evaluate(c, batch, row)))) {
        selection[selected++] = row;
      }
    }
    return batch.select(selection, selected);
  }

  /// Whether all conjuncts are true of a row of values.
  static boolean passes(List<Expression> conjuncts, List<@Nullable Object> row) {
    return conjuncts.stream().allMatch(c -> Boolean.TRUE.equals(evaluate(c, row::get)));
  }

  private static @Nullable Object evaluate(Expression expression, Batch batch, int row) {
    return evaluate(expression, column -> value(batch.column(column), row));
  }

  private interface Values {
    @Nullable Object at(int column);
  }

  private static @Nullable Object evaluate(Expression expression, Values row) {
    return switch (expression) {
      case Expression.Column column -> row.at(column.index());
      case Expression.Literal literal -> literal.value();
      case Expression.And and -> {
        List<@Nullable Object> values = all(and.operands(), row);
        yield values.contains(false) ? Boolean.FALSE : values.contains(null) ? null : Boolean.TRUE;
      }
      case Expression.Or or -> {
        List<@Nullable Object> values = all(or.operands(), row);
        yield values.contains(true) ? Boolean.TRUE : values.contains(null) ? null : Boolean.FALSE;
      }
      case Expression.Not not -> {
        Object value = evaluate(not.operand(), row);
        yield value == null ? null : !(Boolean) value;
      }
      case Expression.IsNull isNull -> evaluate(isNull.operand(), row) == null;
      case Expression.Comparison c ->
          compare(c.operator(), evaluate(c.left(), row), evaluate(c.right(), row));
      case Expression.InList in -> {
        Object value = evaluate(in.value(), row);
        yield value == null ? null : in.list().stream().anyMatch(l -> order(value, l.value()) == 0);
      }
      default -> throw new AssertionError("not needed in these tests: " + expression);
    };
  }

  private static List<@Nullable Object> all(List<Expression> expressions, Values row) {
    var values = new ArrayList<@Nullable Object>();
    expressions.forEach(e -> values.add(evaluate(e, row)));
    return values;
  }

  private static @Nullable Object compare(
      ComparisonOperator operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return switch (operator) {
        case DISTINCT -> left != right;
        case NOT_DISTINCT -> left == right;
        default -> null;
      };
    }
    int order = order(left, right);
    return switch (operator) {
      case EQUAL, NOT_DISTINCT -> order == 0;
      case NOT_EQUAL, DISTINCT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static int order(Object left, @Nullable Object right) {
    return switch (left) {
      case Boolean b -> Boolean.compare(b, (Boolean) right);
      case Long l -> Long.compare(l, (Long) right);
      case Double d -> Double.compare(d + 0.0, (Double) right + 0.0);
      case BigDecimal d -> d.compareTo((BigDecimal) right);
      case String s ->
          Arrays.compareUnsigned(
              s.getBytes(StandardCharsets.UTF_8),
              ((String) right).getBytes(StandardCharsets.UTF_8));
      default -> throw new AssertionError(left);
    };
  }

  /// Adds the live rows of a batch, as the values that literals of their types have.
  static void addRows(Batch batch, List<List<@Nullable Object>> rows) {
    int[] live = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      int row = live == null ? i : live[i];
      var values = new ArrayList<@Nullable Object>();
      for (Vector column : batch.columns()) {
        values.add(value(column, row));
      }
      rows.add(values);
    }
  }

  static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      checkZero(vector, row);
      return null;
    }
    return switch (vector) {
      case BooleanVector v -> v.values()[row] == 1;
      case IntVector v -> (long) v.values()[row];
      case LongVector v -> exact(BigInteger.valueOf(v.values()[row]), v.type());
      case Int128Vector v ->
          exact(
              BigInteger.valueOf(v.high()[row])
                  .shiftLeft(64)
                  .or(new BigInteger(Long.toUnsignedString(v.low()[row]))),
              v.type());
      case DoubleVector v -> v.values()[row];
      case StringVector v -> v.text(row);
      case DictionaryVector v -> value(v.dictionary(), v.ids()[row]);
    };
  }

  private static Object exact(BigInteger value, DataType type) {
    return type instanceof DataType.Decimal(int _, int scale)
        ? new BigDecimal(value, scale)
        : (Object) value.longValueExact();
  }

  private static void checkZero(Vector vector, int row) {
    boolean zero =
        switch (vector) {
          case BooleanVector v -> v.values()[row] == 0;
          case IntVector v -> v.values()[row] == 0;
          case LongVector v -> v.values()[row] == 0;
          case Int128Vector v -> v.high()[row] == 0 && v.low()[row] == 0;
          case DoubleVector v -> v.values()[row] == 0;
          case StringVector v -> v.lengths()[row] == 0;
          case DictionaryVector v -> v.ids()[row] == 0;
        };
    if (!zero) {
      throw new AssertionError("a null slot of " + vector.getClass() + " is not zero");
    }
  }
}
