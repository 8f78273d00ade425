package io.frazil.sql.translate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.sql.bind.EngineCast;
import io.frazil.sql.bind.RegistryScalar;
import io.frazil.sql.bind.RelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/// Translates scalar expressions over one input.
public final class ExpressionTranslator {
  private final Functions functions;
  private final SearchTranslator search;
  private final DateArithmetic dates;
  private final Function<RexInputRef, Expression> column;

  /// @param column what an input column is in the engine's plan
  public ExpressionTranslator(
      FunctionRegistry registry, RexBuilder builder, Function<RexInputRef, Expression> column) {
    this.functions = new Functions(registry);
    this.search = new SearchTranslator(builder, this::translate);
    this.dates = new DateArithmetic(functions, this::translate);
    this.column = column;
  }

  /// @throws FrazilException NOT_SUPPORTED for what the engine does not have
  public Expression translate(RexNode node) {
    return switch (node) {
      case RexInputRef reference -> column.apply(reference);
      case RexLiteral literal -> Literals.toEngine(literal);
      case RexCall call -> call(call);
      default ->
          throw unsupported("This expression (" + node.getKind().lowerName + ") is not supported");
    };
  }

  private List<Expression> translate(List<RexNode> nodes) {
    var expressions = new ArrayList<Expression>();
    nodes.forEach(n -> expressions.add(translate(n)));
    return expressions;
  }

  private Expression operand(RexCall call, int index) {
    return translate(call.getOperands().get(index));
  }

  private Expression call(RexCall call) {
    return switch (call.getKind()) {
      case AND -> new Expression.And(translate(call.getOperands()));
      case OR -> new Expression.Or(translate(call.getOperands()));
      case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          truth(call.getKind(), operand(call, 0));
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          Operators.compare(comparison(call.getKind()), operand(call, 0), operand(call, 1));
      case SEARCH -> search.translate(call);
      case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(call);
      case MINUS_PREFIX -> new Expression.Negate(operand(call, 0));
      case PLUS_PREFIX -> operand(call, 0);
      case CAST, SAFE_CAST -> cast(call);
      case CASE -> choose(call);
      case COALESCE -> coalesce(call);
      case LIKE -> like(call);
      case EXTRACT -> extract(call);
      case TRIM -> trim(call);
      default -> function(call);
    };
  }

  private static Expression truth(SqlKind kind, Expression e) {
    return switch (kind) {
      case NOT -> new Expression.Not(e);
      case IS_NULL -> new Expression.IsNull(e);
      case IS_NOT_NULL -> new Expression.Not(new Expression.IsNull(e));
      case IS_TRUE -> orElse(e, false);
      case IS_NOT_TRUE -> new Expression.Not(orElse(e, false));
      case IS_FALSE -> new Expression.Not(orElse(e, true));
      default -> orElse(e, true);
    };
  }

  private static Expression orElse(Expression e, boolean value) {
    return e.nullable()
        ? new Expression.Coalesce(List.of(e, new Literal(value, Types.BOOLEAN)))
        : e;
  }

  private static ComparisonOperator comparison(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> ComparisonOperator.EQUAL;
      case NOT_EQUALS -> ComparisonOperator.NOT_EQUAL;
      case LESS_THAN -> ComparisonOperator.LESS;
      case LESS_THAN_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER_THAN -> ComparisonOperator.GREATER;
      case GREATER_THAN_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
      case IS_DISTINCT_FROM -> ComparisonOperator.DISTINCT;
      default -> ComparisonOperator.NOT_DISTINCT;
    };
  }

  private Expression arithmetic(RexCall call) {
    RexNode first = call.getOperands().get(0);
    RexNode second = call.getOperands().get(1);
    boolean minus = call.getKind() == SqlKind.MINUS;
    DataType wanted = RelTypes.toEngine(call.getType());
    if (DateArithmetic.isInterval(second)) {
      boolean negative = minus || call.getOperator().getName().startsWith("-");
      return dates.add(first, second, negative, wanted);
    }
    if (DateArithmetic.isInterval(first)) {
      return dates.add(second, first, false, wanted);
    }
    return Operators.arithmetic(
        operator(call.getKind()), translate(first), translate(second), wanted);
  }

  private static ArithmeticOperator operator(SqlKind kind) {
    return switch (kind) {
      case PLUS -> ArithmeticOperator.ADD;
      case MINUS -> ArithmeticOperator.SUBTRACT;
      case TIMES -> ArithmeticOperator.MULTIPLY;
      case DIVIDE -> ArithmeticOperator.DIVIDE;
      default -> ArithmeticOperator.MODULO;
    };
  }

  private Expression cast(RexCall call) {
    DataType type = RelTypes.toEngine(call.getType());
    Expression operand = operand(call, 0);
    if (call.getKind() == SqlKind.SAFE_CAST) {
      return new Expression.Cast(operand, type, Expression.OnError.NULL);
    }
    return Casts.to(operand, type);
  }

  private Expression choose(RexCall call) {
    List<RexNode> operands = call.getOperands();
    DataType type = RelTypes.toEngine(call.getType());
    var branches = new ArrayList<Expression.Branch>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      Expression result = Casts.to(translate(operands.get(i + 1)), type);
      branches.add(new Expression.Branch(translate(operands.get(i)), result));
    }
    Expression otherwise = Casts.to(translate(operands.getLast()), type);
    return new Expression.Case(branches, otherwise, type);
  }

  private Expression coalesce(RexCall call) {
    DataType type = RelTypes.toEngine(call.getType());
    return new Expression.Coalesce(
        translate(call.getOperands()).stream().map(e -> Casts.to(e, type)).toList());
  }

  private Expression like(RexCall call) {
    var like = (SqlLikeOperator) call.getOperator();
    String name = like.getName().toLowerCase(Locale.ROOT).replace("not ", "");
    Expression match = functions.call(name, translate(call.getOperands()));
    return like.isNegated() ? new Expression.Not(match) : match;
  }

  private Expression extract(RexCall call) {
    var unit = ((RexLiteral) call.getOperands().get(0)).getValueAs(TimeUnitRange.class);
    String field = String.valueOf(unit).toLowerCase(Locale.ROOT);
    Expression part =
        functions.call("date_part", List.of(new Literal(field, Types.VARCHAR), operand(call, 1)));
    return Casts.to(part, RelTypes.toEngine(call.getType()));
  }

  private Expression trim(RexCall call) {
    var side = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
    String name =
        side == SqlTrimFunction.Flag.LEADING
            ? "ltrim"
            : side == SqlTrimFunction.Flag.TRAILING ? "rtrim" : "trim";
    return functions.call(name, List.of(operand(call, 2), operand(call, 1)));
  }

  private Expression function(RexCall call) {
    if (call.getOperator() instanceof EngineCast cast) {
      DataType type = RelTypes.toEngine(call.getType());
      return new Expression.Cast(operand(call, 0), type, cast.onError());
    }
    if (call.getOperator() instanceof RegistryScalar scalar) {
      return functions.call(scalar.function(), translate(call.getOperands()));
    }
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "||" -> functions.call("concat_operator", translate(call.getOperands()));
      case "position" -> functions.call("strpos", translate(call.getOperands()).reversed());
      default -> functions.call(name, translate(call.getOperands()));
    };
  }

  private static FrazilException unsupported(String message) {
    return new FrazilException(ErrorCode.NOT_SUPPORTED, message);
  }
}
