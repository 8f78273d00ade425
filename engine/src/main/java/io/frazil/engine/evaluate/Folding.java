package io.frazil.engine.evaluate;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
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
import io.frazil.engine.expression.Expression.Or;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.List;

/// Replaces what is constant by its value, computed by the same kernels that would compute it for
/// each row.
///
/// What raises an error when computed stays as it is, as a row may never reach it. Conditions are
/// simplified where that is exact in three-valued logic and hides no error: `true AND x` → `x`, `x
/// AND true` → `x`, `false AND x` → `false`, `CASE WHEN false THEN x ELSE y END` → `y`.
public final class Folding {
  private static final Literal TRUE = new Literal(true, Types.BOOLEAN);
  private static final Literal FALSE = new Literal(false, Types.BOOLEAN);

  private final FunctionRegistry functions;
  private final Traits traits;

  private Folding(FunctionRegistry functions) {
    this.functions = functions;
    this.traits = new Traits(functions);
  }

  /// An expression of the same type and the same value for every row, at least as simple.
  public static Expression fold(Expression expression, FunctionRegistry functions) {
    return new Folding(functions).fold(expression);
  }

  private Expression fold(Expression expression) {
    Expression folded =
        switch (expression) {
          case Column _, Literal _ -> expression;
          case And(List<Expression> operands) -> logical(fold(operands), FALSE, TRUE);
          case Or(List<Expression> operands) -> logical(fold(operands), TRUE, FALSE);
          case Not(Expression operand) -> new Not(fold(operand));
          case IsNull(Expression operand) -> isNull(fold(operand));
          case Comparison(var operator, Expression left, Expression right) ->
              new Comparison(operator, fold(left), fold(right));
          case InList(Expression value, List<Literal> list) -> new InList(fold(value), list);
          case Arithmetic(var operator, Expression left, Expression right, var type) ->
              new Arithmetic(operator, fold(left), fold(right), type);
          case Negate(Expression operand) -> new Negate(fold(operand));
          case Cast(Expression operand, var type, var onError) ->
              operand.type().equals(type) ? fold(operand) : new Cast(fold(operand), type, onError);
          case Case branches -> branches(branches);
          case Coalesce(List<Expression> operands) -> coalesce(fold(operands));
          case Call(var function, List<Expression> operands, var type, var nullable) ->
              new Call(function, fold(operands), type, nullable);
        };
    return isConstant(folded) ? value(folded) : folded;
  }

  private List<Expression> fold(List<Expression> expressions) {
    return expressions.stream().map(this::fold).toList();
  }

  private boolean isConstant(Expression expression) {
    return !(expression instanceof Column)
        && !(expression instanceof Literal)
        && expression.operands().stream().allMatch(Literal.class::isInstance)
        && traits.isImmutable(expression);
  }

  /// The value of a constant, or the expression itself where that is an error.
  private Expression value(Expression expression) {
    try {
      Batch result = Projection.compile(List.of(expression), functions).evaluate(Batch.of(1));
      return Constants.literal(result.column(0).withType(expression.type()), 0);
    } catch (FrazilException e) {
      return expression;
    }
  }

  /// AND (`decisive` is FALSE) or OR (TRUE): neutral operands go, and so does what stands behind a
  /// decisive one, and before it as far as it cannot fail.
  private Expression logical(List<Expression> operands, Literal decisive, Literal neutral) {
    var kept = new ArrayList<Expression>();
    for (Expression operand : operands) {
      if (operand.equals(decisive)) {
        if (kept.stream().noneMatch(traits::canFail)) {
          return decisive;
        }
        kept.add(operand);
        break;
      }
      if (!operand.equals(neutral) && (traits.isVolatile(operand) || !kept.contains(operand))) {
        kept.add(operand);
      }
    }
    return switch (kept.size()) {
      case 0 -> neutral;
      case 1 -> kept.getFirst();
      default -> decisive == FALSE ? new And(kept) : new Or(kept);
    };
  }

  private Expression isNull(Expression operand) {
    return operand.nullable() || traits.canFail(operand) ? new IsNull(operand) : FALSE;
  }

  private Expression branches(Case expression) {
    var kept = new ArrayList<Branch>();
    for (Branch branch : expression.branches()) {
      Expression condition = fold(branch.condition());
      if (condition.equals(TRUE)) {
        return caseOf(kept, fold(branch.result()), expression);
      }
      if (!(condition instanceof Literal)) {
        kept.add(new Branch(condition, fold(branch.result())));
      }
    }
    return caseOf(kept, fold(expression.otherwise()), expression);
  }

  private static Expression caseOf(List<Branch> branches, Expression otherwise, Case original) {
    return branches.isEmpty() ? otherwise : new Case(branches, otherwise, original.type());
  }

  /// Nulls go, and so does what stands behind one that is never null.
  private static Expression coalesce(List<Expression> operands) {
    var kept = new ArrayList<Expression>();
    for (Expression operand : operands) {
      if (!(operand instanceof Literal(Object value, var _) && value == null)) {
        kept.add(operand);
      }
      if (!operand.nullable()) {
        break;
      }
    }
    return switch (kept.size()) {
      case 0 -> operands.getFirst();
      case 1 -> kept.getFirst();
      default -> new Coalesce(kept);
    };
  }
}
