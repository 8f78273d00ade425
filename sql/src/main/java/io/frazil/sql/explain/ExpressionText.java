package io.frazil.sql.explain;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/// Expressions as one would write them in SQL.
public final class ExpressionText {
  private ExpressionText() {}

  public static String text(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> column.name();
      case Literal literal -> literal(literal);
      case Expression.And(var operands) -> join(operands, " and ");
      case Expression.Or(var operands) -> join(operands, " or ");
      case Expression.Not(Expression.IsNull(var operand)) -> inner(operand) + " is not null";
      case Expression.Not(var operand) -> "not " + inner(operand);
      case Expression.IsNull(var operand) -> inner(operand) + " is null";
      case Expression.Comparison(var operator, var left, var right) ->
          inner(left) + " " + operator.symbol() + " " + inner(right);
      case Expression.InList(var value, var list) ->
          inner(value) + " in (" + list(List.copyOf(list)) + ")";
      case Expression.Arithmetic(var operator, var left, var right, var _) ->
          inner(left) + " " + operator.symbol() + " " + inner(right);
      case Expression.Negate(var operand) -> "-" + inner(operand);
      case Expression.Cast(var operand, var type, var onError) ->
          (onError == Expression.OnError.NULL ? "try_cast(" : "cast(")
              + text(operand)
              + " as "
              + type.text()
              + ")";
      case Expression.Case choice -> choice(choice);
      case Expression.Coalesce(var operands) -> "coalesce(" + list(operands) + ")";
      case Expression.Call call -> call.function() + "(" + list(call.operands()) + ")";
    };
  }

  public static String list(List<? extends Expression> expressions) {
    return expressions.stream().map(ExpressionText::text).collect(Collectors.joining(", "));
  }

  private static String join(List<Expression> operands, String word) {
    return operands.stream().map(ExpressionText::inner).collect(Collectors.joining(word));
  }

  /// As an operand: in parentheses if it is an operator itself.
  private static String inner(Expression expression) {
    return switch (expression) {
      case Expression.And _,
          Expression.Or _,
          Expression.Not _,
          Expression.IsNull _,
          Expression.Comparison _,
          Expression.InList _,
          Expression.Arithmetic _ ->
          "(" + text(expression) + ")";
      case Expression.Column _,
          Literal _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.Call _ ->
          text(expression);
    };
  }

  private static String choice(Expression.Case choice) {
    var text = new StringBuilder("case");
    for (Expression.Branch branch : choice.branches()) {
      text.append(" when ").append(text(branch.condition()));
      text.append(" then ").append(text(branch.result()));
    }
    return text.append(" else ").append(text(choice.otherwise())).append(" end").toString();
  }

  private static String literal(Literal literal) {
    Object value = literal.value();
    return switch (value) {
      case null -> "null";
      case String s -> "'" + s.replace("'", "''") + "'";
      case Long days when literal.type() == DataType.Simple.DATE ->
          "date '" + LocalDate.ofEpochDay(days) + "'";
      case Long units when literal.type() instanceof DataType.Timestamp timestamp ->
          "timestamp '" + instant(units, timestamp) + "'";
      default -> value.toString();
    };
  }

  private static Instant instant(long units, DataType.Timestamp type) {
    long perSecond = type.unitsPerSecond();
    long nanos = Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond);
    return Instant.ofEpochSecond(Math.floorDiv(units, perSecond), nanos);
  }
}
