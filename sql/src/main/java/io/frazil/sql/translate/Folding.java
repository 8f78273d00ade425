package io.frazil.sql.translate;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.sql.ConstantFolder;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Lets the engine's kernels compute the constants that Calcite's rules find.
public final class Folding implements RexExecutor {
  private final FunctionRegistry functions;
  private final ConstantFolder folder;

  public Folding(FunctionRegistry functions, ConstantFolder folder) {
    this.functions = functions;
    this.folder = folder;
  }

  @Override
  public void reduce(RexBuilder builder, List<RexNode> constants, List<RexNode> reduced) {
    for (RexNode constant : constants) {
      reduced.add(reduce(builder, constant));
    }
  }

  private RexNode reduce(RexBuilder builder, RexNode constant) {
    if (constant instanceof RexLiteral) {
      return constant;
    }
    try {
      var translator =
          new ExpressionTranslator(
              functions,
              builder,
              _ -> {
                throw new IllegalStateException("a constant has no columns");
              });
      Expression folded = folder.fold(translator.translate(constant), functions);
      if (!(folded instanceof Expression.Literal literal) || !Literals.exists(literal)) {
        return constant;
      }
      RexNode result = Literals.toRel(builder, literal, constant.getType());
      return result.getType().equals(constant.getType())
          ? result
          : builder.makeAbstractCast(constant.getType(), result, false);
    } catch (FrazilException e) {
      // What fails now fails again when a row reaches it, and only then.
      return constant;
    }
  }
}
