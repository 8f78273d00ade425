package io.frazil.sql.translate;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.Sarg;

/// SEARCH, in which Calcite keeps what it knows of one value: a list of constants becomes an
/// [Expression.InList], anything else the comparisons that it came from.
final class SearchTranslator {
  private final RexBuilder builder;
  private final Function<RexNode, Expression> translate;

  SearchTranslator(RexBuilder builder, Function<RexNode, Expression> translate) {
    this.builder = builder;
    this.translate = translate;
  }

  Expression translate(RexCall call) {
    var literal = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    if (sarg != null && sarg.nullAs == RexUnknownAs.UNKNOWN && sarg.pointCount > 1) {
      Expression value = translate.apply(call.getOperands().get(0));
      if (sarg.isPoints()) {
        return list(value, literal, sarg);
      }
      if (sarg.isComplementedPoints()) {
        return new Expression.Not(list(value, literal, sarg.negate()));
      }
    }
    return translate.apply(RexUtil.expandSearch(builder, null, call));
  }

  /// The value among the points. Points of a wider type than the value's are compared one by one.
  private Expression list(Expression value, RexLiteral literal, Sarg<?> sarg) {
    var list = new ArrayList<Literal>();
    var comparisons = new ArrayList<Expression>();
    for (var range : sarg.rangeSet.asRanges()) {
      RexNode point = builder.makeLiteral(range.lowerEndpoint(), literal.getType(), true, true);
      Expression constant = translate.apply(point);
      comparisons.add(Operators.compare(ComparisonOperator.EQUAL, value, constant));
      if (Casts.to(constant, value.type()) instanceof Literal exact) {
        list.add(exact);
      }
    }
    if (list.size() < comparisons.size()) {
      return new Expression.Or(comparisons);
    }
    return switch (Casts.uncast(value, list)) {
      case Casts.Uncast(Expression column, List<Literal> exact) ->
          new Expression.InList(column, exact);
      case null -> new Expression.InList(value, list);
    };
  }
}
