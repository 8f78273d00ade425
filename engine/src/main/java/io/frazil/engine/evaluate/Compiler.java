package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Call;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.InList;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.Negate;
import io.frazil.engine.expression.Expression.Not;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes evaluators of expressions, one for all mentions of a common subexpression.
final class Compiler {
  private final FunctionRegistry functions;
  private final Traits traits;
  private final Map<Expression, Evaluator> known = new HashMap<>();

  /// What is computed by dictionary entry above needs no dictionaries below.
  private final boolean onEntries;

  Compiler(FunctionRegistry functions) {
    this(functions, false);
  }

  private Compiler(FunctionRegistry functions, boolean onEntries) {
    this.functions = functions;
    this.traits = new Traits(functions);
    this.onEntries = onEntries;
  }

  Traits traits() {
    return traits;
  }

  Evaluator compile(Expression expression) {
    return switch (expression) {
      case Column column -> new ColumnEvaluator(column.index());
      case Literal _ -> shared(expression);
      case Expression _ when traits.isVolatile(expression) -> bare(expression);
      case Expression _ -> shared(expression);
    };
  }

  private Evaluator shared(Expression expression) {
    Evaluator before = known.get(expression);
    if (before == null) {
      before = new SharedEvaluator(onDictionary(expression));
      known.put(expression, before);
    }
    return before;
  }

  private Evaluator onDictionary(Expression expression) {
    OptionalInt column =
        onEntries || expression instanceof Literal
            ? OptionalInt.empty()
            : traits.onlyColumn(expression);
    Evaluator byRow = bare(expression);
    return column.isEmpty()
        ? byRow
        : new DictionaryEvaluator(
            column.getAsInt(), byRow, () -> new Compiler(functions, true).bare(expression));
  }

  private List<Evaluator> all(List<Expression> expressions) {
    return expressions.stream().map(this::compile).toList();
  }

  private Evaluator bare(Expression expression) {
    return switch (expression) {
      case Column column -> new ColumnEvaluator(column.index());
      case Literal literal -> new LiteralEvaluator(literal);
      case Expression.And(List<Expression> operands) ->
          LogicalEvaluator.and(conjuncts(operands).stream().map(Conjunct::evaluator).toList());
      case Expression.Or(List<Expression> operands) -> LogicalEvaluator.or(all(operands));
      case Not(Expression operand) -> not(operand);
      case IsNull(Expression operand) -> new IsNullEvaluator(compile(operand), false);
      case Comparison comparison -> comparison(comparison);
      case InList(Expression value, List<Literal> list) ->
          new InListEvaluator(compile(value), list, 1);
      case Arithmetic arithmetic -> arithmetic(arithmetic);
      case Negate(Expression operand) -> negate(operand);
      case Cast(Expression operand, DataType type, var onError) ->
          operand.type().equals(type)
              ? compile(operand)
              : new CastEvaluator(
                  compile(operand), io.frazil.engine.kernel.Cast.of(operand.type(), type, onError));
      case Expression.Case(List<Branch> branches, Expression otherwise, DataType type) ->
          new CaseEvaluator(
              branches.stream().map(b -> compile(b.condition())).toList(),
              branches.stream().map(b -> compile(b.result())).toList(),
              compile(otherwise),
              type);
      case Expression.Coalesce(List<Expression> operands) ->
          new CoalesceEvaluator(all(operands), expression.type());
      case Call(String function, List<Expression> operands, var _, var _) ->
          new CallEvaluator(functions.requireScalar(function).bind(operands), all(operands));
    };
  }

  private Evaluator not(Expression operand) {
    return switch (operand) {
      case Not(Expression inner) -> compile(inner);
      case Comparison(var operator, Expression left, Expression right) ->
          compile(new Comparison(operator.negated(), left, right));
      case IsNull(Expression inner) -> new IsNullEvaluator(compile(inner), true);
      case InList(Expression value, List<Literal> list) ->
          new InListEvaluator(compile(value), list, 0);
      case Expression.And(List<Expression> operands) ->
          compile(new Expression.Or(negated(operands)));
      case Expression.Or(List<Expression> operands) ->
          compile(new Expression.And(negated(operands)));
      case Column _, Literal _, Arithmetic _, Negate _, Cast _, Call _ ->
          new NotEvaluator(compile(operand));
      case Expression.Case _, Expression.Coalesce _ -> new NotEvaluator(compile(operand));
    };
  }

  private static List<Expression> negated(List<Expression> operands) {
    return operands.stream().map(o -> (Expression) new Not(o)).toList();
  }

  private Evaluator comparison(Comparison comparison) {
    Optional<Ranged> ranged = Ranged.of(comparison);
    return ranged.isPresent()
        ? new RangeEvaluator(compile(ranged.get().value()), ranged.get().range())
        : new ComparisonEvaluator(
            comparison.operator(), compile(comparison.left()), compile(comparison.right()));
  }

  private Evaluator arithmetic(Arithmetic arithmetic) {
    Evaluator left = compile(arithmetic.left());
    Evaluator right = compile(arithmetic.right());
    return arithmetic.type() instanceof DataType.Decimal
        ? new DecimalEvaluator(arithmetic, left, right)
        : new ArithmeticEvaluator(arithmetic.operator(), arithmetic.type(), left, right);
  }

  private Evaluator negate(Expression operand) {
    DataType type = operand.type();
    if (type.isFloating()) {
      return new NegateEvaluator(compile(operand));
    }
    Object zero = type instanceof DataType.Decimal ? BigDecimal.ZERO : (Object) 0L;
    return arithmetic(
        new Arithmetic(ArithmeticOperator.SUBTRACT, new Literal(zero, type), operand, type));
  }

  /// A condition of several that must all be true, and whether it cannot fail.
  record Conjunct(Evaluator evaluator, boolean isSafe) {}

  /// The conditions in order, where ranges of one value that stand among conditions that cannot
  /// fail have become one.
  List<Conjunct> conjuncts(List<Expression> conditions) {
    return new RangeFusion(traits)
        .fuse(conditions).stream()
            .map(c ->
                switch (c) {
                  case RangeFusion.Plain(Expression condition) ->
                      new Conjunct(compile(condition), !traits.canFail(condition));
                  case RangeFusion.Fused(Ranged(Expression value, Range range)) ->
                      new Conjunct(fused(value, range), true);
                })
            .toList();
  }

  private Evaluator fused(Expression value, Range range) {
    Evaluator byRow = new RangeEvaluator(compile(value), range);
    OptionalInt column = onEntries ? OptionalInt.empty() : traits.onlyColumn(value);
    return column.isEmpty()
        ? byRow
        : new DictionaryEvaluator(
            column.getAsInt(),
            byRow,
            () -> new RangeEvaluator(new Compiler(functions, true).bare(value), range));
  }
}
