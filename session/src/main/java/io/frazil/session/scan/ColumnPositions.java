package io.frazil.session.scan;

import io.frazil.engine.expression.Expression;
import java.util.List;

/// Moves expressions from one input's column positions to another's.
public final class ColumnPositions {
  private ColumnPositions() {}

  /// The same expression where column `i` stands at `positions.get(i)`.
  public static Expression mapped(Expression expression, List<Integer> positions) {
    return switch (expression) {
      case Expression.Column(int index, var name, var type, boolean nullable) ->
          new Expression.Column(positions.get(index), name, type, nullable);
      case Expression.Literal literal -> literal;
      case Expression.And(var operands) -> new Expression.And(mapped(operands, positions));
      case Expression.Or(var operands) -> new Expression.Or(mapped(operands, positions));
      case Expression.Not(var operand) -> new Expression.Not(mapped(operand, positions));
      case Expression.IsNull(var operand) -> new Expression.IsNull(mapped(operand, positions));
      case Expression.Comparison(var operator, var left, var right) ->
          new Expression.Comparison(operator, mapped(left, positions), mapped(right, positions));
      case Expression.InList(var value, var list) ->
          new Expression.InList(mapped(value, positions), list);
      case Expression.Arithmetic(var operator, var left, var right, var type) ->
          new Expression.Arithmetic(
              operator, mapped(left, positions), mapped(right, positions), type);
      case Expression.Negate(var operand) -> new Expression.Negate(mapped(operand, positions));
      case Expression.Cast(var operand, var type, var onError) ->
          new Expression.Cast(mapped(operand, positions), type, onError);
      case Expression.Case(var branches, var otherwise, var type) ->
          new Expression.Case(
              branches.stream()
                  .map(b ->
                      new Expression.Branch(
                          mapped(b.condition(), positions), mapped(b.result(), positions)))
                  .toList(),
              mapped(otherwise, positions),
              type);
      case Expression.Coalesce(var operands) ->
          new Expression.Coalesce(mapped(operands, positions));
      case Expression.Call(var function, var operands, var type, boolean nullable) ->
          new Expression.Call(function, mapped(operands, positions), type, nullable);
    };
  }

  private static List<Expression> mapped(List<Expression> expressions, List<Integer> positions) {
    return expressions.stream().map(e -> mapped(e, positions)).toList();
  }
}
