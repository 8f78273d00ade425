package io.frazil.sql.bind;

import io.frazil.engine.function.FunctionRegistry;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/// Calcite's conversions of operators into expressions, and those of [DateOperators].
record Convertlets(FunctionRegistry functions) implements SqlRexConvertletTable {
  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    SqlOperator operator = call.getOperator();
    if (operator instanceof SqlLikeOperator like && call.operandCount() > 2) {
      return (context, escaped) -> escapedLike(context, escaped, like);
    }
    return operator == DateOperators.PLUS || operator == DateOperators.MINUS
        ? this::dates
        : StandardConvertletTable.INSTANCE.get(call);
  }

  /// As a function: Calcite takes an escape for one Java character, and `%` for no escape.
  private RexNode escapedLike(SqlRexContext context, SqlCall call, SqlLikeOperator like) {
    RexBuilder builder = context.getRexBuilder();
    String name = like.getName().toLowerCase(Locale.ROOT).replace("not ", "");
    List<RexNode> operands =
        call.getOperandList().stream().map(context::convertExpression).toList();
    RexNode match =
        builder.makeCall(
            context.getValidator().getValidatedNodeType(call), function(name), operands);
    return like.isNegated() ? builder.makeCall(SqlStdOperatorTable.NOT, match) : match;
  }

  private RexNode dates(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    RexNode left = context.convertExpression(call.operand(0));
    RexNode right = context.convertExpression(call.operand(1));
    return switch (DateOperators.meaning(call.getKind(), left.getType(), right.getType())) {
      case DATE_AND_DATE -> builder.makeCall(function("date_diff_days"), List.of(left, right));
      case DATE_AND_DAYS ->
          add(builder, left, call.getKind() == SqlKind.MINUS ? negated(builder, right) : right);
      case DAYS_AND_DATE -> add(builder, right, left);
      case OTHER -> standard(context, (SqlBasicCall) call);
    };
  }

  private RexNode add(RexBuilder builder, RexNode date, RexNode days) {
    return builder.makeCall(function("date_add_days"), List.of(date, days));
  }

  /// Of a wider type, which has the opposite of every value.
  private static RexNode negated(RexBuilder builder, RexNode days) {
    RelDataTypeFactory types = builder.getTypeFactory();
    RexNode wide =
        builder.makeCast(
            types.createTypeWithNullability(
                types.createSqlType(SqlTypeName.BIGINT), days.getType().isNullable()),
            days);
    return builder.makeCall(SqlStdOperatorTable.UNARY_MINUS, wide);
  }

  private RegistryScalar function(String name) {
    return new RegistryScalar(functions.scalar(name).orElseThrow());
  }

  /// From here on the call is one of Calcite's own operators, which its rules know.
  private static RexNode standard(SqlRexContext context, SqlBasicCall call) {
    call.setOperator(
        call.getKind() == SqlKind.PLUS ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS);
    SqlRexConvertlet convertlet = StandardConvertletTable.INSTANCE.get(call);
    if (convertlet == null) {
      throw new IllegalStateException("no conversion of " + call.getOperator());
    }
    return convertlet.convertCall(context, call);
  }
}
