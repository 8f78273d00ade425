package io.frazil.iceberg.scan;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.iceberg.type.IcebergTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/// Translates the engine's conjuncts into Iceberg's, for leaving files out and for nothing else.
///
/// The result is true, as Iceberg's inclusive evaluators see it, for every file and partition that
/// may hold a row which passes; what has no safe counterpart becomes `true`. Iceberg's residuals
/// are not looked at: for a partition whose value is null they say `true` where SQL says unknown.
public final class PruningFilter {
  /// The longest IN list of floating point numbers that is spelt out.
  private static final int LIST_MAX = 16;

  private final List<Optional<NestedField>> fields;

  /// @param fields the fields of the scanned schema by the filters' column position; empty where it
  ///   doesn't have the column
  public PruningFilter(List<Optional<NestedField>> fields) {
    this.fields = List.copyOf(fields);
  }

  /// The conjunction of all filters.
  public org.apache.iceberg.expressions.Expression translate(List<Expression> filters) {
    return combine(filters, Expressions::and);
  }

  private org.apache.iceberg.expressions.Expression translate(Expression filter) {
    return switch (filter) {
      case Expression.And(var operands) -> combine(operands, Expressions::and);
      case Expression.Or(var operands) -> combine(operands, Expressions::or);
      case Expression.Not(var operand) -> negate(operand);
      case Expression.IsNull(Expression.Column column) ->
          named(column, field -> Expressions.isNull(field.name()));
      case Expression.Comparison(
              var operator,
              Expression.Column column,
              Expression.Literal bound) ->
          compare(operator, column, bound);
      case Expression.Comparison(
              var operator,
              Expression.Literal bound,
              Expression.Column column) ->
          compare(operator.flipped(), column, bound);
      case Expression.InList(Expression.Column column, var list) -> in(column, list);
      case Expression.Call call -> call(call);
      case Expression.Column column ->
          named(column, field -> Expressions.equal(field.name(), true));
      case Expression.Comparison _,
          Expression.InList _,
          Expression.IsNull _,
          Expression.Literal _,
          Expression.Arithmetic _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _ ->
          alwaysTrue();
    };
  }

  private org.apache.iceberg.expressions.Expression combine(
      List<Expression> operands,
      BinaryOperator<org.apache.iceberg.expressions.Expression> operator) {
    return operands.stream().map(this::translate).reduce(operator).orElse(alwaysTrue());
  }

  /// `NOT IN` stays untranslated, and so does the negation of anything but comparisons.
  private org.apache.iceberg.expressions.Expression negate(Expression operand) {
    return switch (operand) {
      case Expression.IsNull(Expression.Column column) ->
          named(column, field -> Expressions.notNull(field.name()));
      case Expression.Comparison(var operator, var left, var right) ->
          translate(new Expression.Comparison(operator.negated(), left, right));
      case Expression.Or(var operands) ->
          operands.stream().map(this::negate).reduce(Expressions::and).orElse(alwaysTrue());
      case Expression.And(var operands) ->
          operands.stream().map(this::negate).reduce(Expressions::or).orElse(alwaysTrue());
      case Expression.Not(var inner) -> translate(inner);
      case Expression.Column column ->
          named(column, field -> Expressions.equal(field.name(), false));
      case Expression.IsNull _,
          Expression.InList _,
          Expression.Call _,
          Expression.Literal _,
          Expression.Arithmetic _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _ ->
          alwaysTrue();
    };
  }

  private org.apache.iceberg.expressions.Expression compare(
      ComparisonOperator operator, Expression.Column column, Expression.Literal bound) {
    Object value = bound.value();
    return named(
        column,
        field -> {
          if (value == null) {
            return operator == ComparisonOperator.NOT_DISTINCT
                ? Expressions.isNull(field.name())
                : alwaysTrue();
          }
          if (!isComparable(column.type(), bound.type())) {
            return alwaysTrue();
          }
          return column.type().isFloating()
              ? FloatingPruning.compare(operator, field, (Double) value)
              : exact(operator, field, value);
        });
  }

  /// Whether values of both are compared as they are: decimals are by their scale.
  private static boolean isComparable(DataType a, DataType b) {
    return a.equals(b)
        || (a instanceof DataType.Decimal(int _, int scale)
            && b instanceof DataType.Decimal(int _, int other)
            && scale == other);
  }

  private static org.apache.iceberg.expressions.Expression exact(
      ComparisonOperator operator, NestedField field, Object value) {
    Object bound = IcebergTypes.icebergValue(value, field.type());
    String name = field.name();
    return switch (operator) {
      case EQUAL, NOT_DISTINCT -> Expressions.equal(name, bound);
      case NOT_EQUAL -> Expressions.notEqual(name, bound);
      case LESS -> Expressions.lessThan(name, bound);
      case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(name, bound);
      case GREATER -> Expressions.greaterThan(name, bound);
      case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(name, bound);
      case DISTINCT -> alwaysTrue();
    };
  }

  private org.apache.iceberg.expressions.Expression in(
      Expression.Column column, List<Expression.Literal> list) {
    if (column.type().isFloating()) {
      return list.size() > LIST_MAX
          ? alwaysTrue()
          : list.stream()
              .map(bound -> compare(ComparisonOperator.EQUAL, column, bound))
              .reduce(Expressions::or)
              .orElse(alwaysTrue());
    }
    if (!list.stream().allMatch(b -> b.value() != null && b.type().equals(column.type()))) {
      return alwaysTrue();
    }
    return named(
        column,
        field ->
            Expressions.in(
                field.name(),
                list.stream()
                    .map(Expression.Literal::value)
                    .map(value -> IcebergTypes.icebergValue(value, field.type()))
                    .toList()));
  }

  private org.apache.iceberg.expressions.Expression call(Expression.Call call) {
    if (call.operands().size() != 2
        || !(call.operands().getFirst() instanceof Expression.Column column)
        || !(call.operands().getLast() instanceof Expression.Literal(String text, var _))) {
      return alwaysTrue();
    }
    String prefix =
        switch (call.function()) {
          case "starts_with" -> text;
          case "like" -> literalPrefix(text);
          default -> "";
        };
    String plain = withoutSurrogates(prefix);
    return plain.isEmpty()
        ? alwaysTrue()
        : named(column, field -> Expressions.startsWith(field.name(), plain));
  }

  /// The prefix up to its first character that is two of Java's: a truncated partition has so many
  /// characters, and Iceberg takes the prefix's length in Java's for how many it has.
  private static String withoutSurrogates(String prefix) {
    int end = 0;
    while (end < prefix.length() && !Character.isSurrogate(prefix.charAt(end))) {
      end++;
    }
    return prefix.substring(0, end);
  }

  /// What every text that is like `pattern` begins with.
  private static String literalPrefix(String pattern) {
    int end = 0;
    while (end < pattern.length() && "%_\\".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }

  /// Applies where the scanned schema has the column, with the type that the engine knows (a branch
  /// may lag behind a promotion), and Iceberg can compare it.
  private org.apache.iceberg.expressions.Expression named(
      Expression.Column column, Translation translation) {
    return fields
        .get(column.index())
        .filter(field -> field.type().typeId() != Type.TypeID.TIMESTAMP_NANO)
        .filter(field -> IcebergTypes.engineType(field.type()).equals(Optional.of(column.type())))
        .map(translation::of)
        .orElse(alwaysTrue());
  }

  /// What becomes of a predicate once its column is found.
  private interface Translation {
    org.apache.iceberg.expressions.Expression of(NestedField field);
  }
}
