package io.frazil.engine.expression;

import io.frazil.engine.expression.Expression.And;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Call;
import io.frazil.engine.expression.Expression.Case;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Coalesce;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.InList;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.Negate;
import io.frazil.engine.expression.Expression.Not;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.expression.Expression.Or;
import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/// Prints an expression much as SQL would write it, for EXPLAIN and messages: with the parentheses
/// that it needs and no others.
public final class ExpressionText {
  /// How tightly an expression binds, loosest first.
  private enum Level {
    OR,
    AND,
    NOT,
    COMPARISON,
    SUM,
    PRODUCT,
    ATOM
  }

  private ExpressionText() {}

  public static String text(Expression expression) {
    return switch (expression) {
      case Column column -> column.name();
      case Literal literal -> literal(literal);
      case And(List<Expression> operands) -> joined(operands, " and ", Level.NOT);
      case Or(List<Expression> operands) -> joined(operands, " or ", Level.AND);
      case Not(IsNull(Expression operand)) -> within(operand, Level.SUM) + " is not null";
      case Not(InList(Expression value, List<Literal> list)) ->
          within(value, Level.SUM) + " not in (" + listed(list) + ")";
      case Not(Expression operand) -> "not " + within(operand, Level.COMPARISON);
      case IsNull(Expression operand) -> within(operand, Level.SUM) + " is null";
      case Comparison(ComparisonOperator operator, Expression left, Expression right) ->
          within(left, Level.SUM) + " " + operator.symbol() + " " + within(right, Level.SUM);
      case InList(Expression value, List<Literal> list) ->
          within(value, Level.SUM) + " in (" + listed(list) + ")";
      case Arithmetic arithmetic -> arithmetic(arithmetic);
      case Negate(Expression operand) -> "-" + within(operand, Level.ATOM);
      case Cast(Expression operand, DataType type, OnError onError) ->
          (onError == OnError.NULL ? "try_cast(" : "cast(")
              + text(operand)
              + " as "
              + type.text()
              + ")";
      case Case branches -> branches(branches);
      case Coalesce(List<Expression> operands) -> "coalesce(" + listed(operands) + ")";
      case Call call -> call(call);
    };
  }

  private static Level level(Expression expression) {
    return switch (expression) {
      case Or _ -> Level.OR;
      case And _ -> Level.AND;
      case Not(IsNull _), Not(InList _) -> Level.COMPARISON;
      case Not _ -> Level.NOT;
      case Comparison _, InList _, IsNull _ -> Level.COMPARISON;
      case Call(String function, List<Expression> operands, var _, var _)
          when isLike(function, operands) ->
          Level.COMPARISON;
      case Arithmetic arithmetic -> level(arithmetic.operator());
      case Column _, Literal _, Cast _, Case _, Coalesce _, Call _ -> Level.ATOM;
      case Negate _ -> Level.PRODUCT;
    };
  }

  private static Level level(ArithmeticOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT -> Level.SUM;
      case MULTIPLY, DIVIDE, MODULO -> Level.PRODUCT;
    };
  }

  /// In parentheses if it binds less tightly than what it stands in.
  private static String within(Expression expression, Level level) {
    String text = text(expression);
    return level(expression).compareTo(level) < 0 ? "(" + text + ")" : text;
  }

  private static String joined(List<Expression> operands, String separator, Level level) {
    return operands.stream().map(o -> within(o, level)).collect(Collectors.joining(separator));
  }

  private static String listed(List<? extends Expression> expressions) {
    return expressions.stream().map(ExpressionText::text).collect(Collectors.joining(", "));
  }

  private static String arithmetic(Arithmetic arithmetic) {
    Level level = level(arithmetic.operator());
    Level tighter = level == Level.SUM ? Level.PRODUCT : Level.ATOM;
    return within(arithmetic.left(), level)
        + " "
        + arithmetic.operator().symbol()
        + " "
        + within(arithmetic.right(), tighter);
  }

  private static String branches(Case expression) {
    var text = new StringBuilder("case");
    for (Branch branch : expression.branches()) {
      text.append(" when ").append(text(branch.condition()));
      text.append(" then ").append(text(branch.result()));
    }
    return text.append(" else ").append(text(expression.otherwise())).append(" end").toString();
  }

  private static boolean isLike(String function, List<Expression> operands) {
    return (function.equals("like") || function.equals("ilike")) && operands.size() == 2;
  }

  private static String call(Call call) {
    List<Expression> operands = call.operands();
    return isLike(call.function(), operands)
        ? within(operands.get(0), Level.SUM)
            + " "
            + call.function()
            + " "
            + within(operands.get(1), Level.SUM)
        : call.function() + "(" + listed(operands) + ")";
  }

  private static String literal(Literal literal) {
    return switch (literal.value()) {
      case null -> "null";
      case String text -> "'" + text.replace("'", "''") + "'";
      case BigDecimal decimal -> decimal.toPlainString();
      case Long number when literal.type() == DataType.Simple.DATE ->
          "date '" + LocalDate.ofEpochDay(number) + "'";
      case Long number when literal.type() instanceof DataType.Timestamp timestamp ->
          "timestamp '" + instant(number, timestamp.unitsPerSecond()) + "'";
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          "%.1fe0".formatted(number);
      case Object value -> value.toString();
    };
  }

  private static String instant(long value, long unitsPerSecond) {
    long seconds = Math.floorDiv(value, unitsPerSecond);
    long nanos = Math.floorMod(value, unitsPerSecond) * (1_000_000_000L / unitsPerSecond);
    return Instant.ofEpochSecond(seconds, nanos)
        .atOffset(ZoneOffset.UTC)
        .toLocalDateTime()
        .toString()
        .replace('T', ' ');
  }
}
