package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Semi and anti joins give the left columns alone, so that USING merges none:
///
///     a LEFT SEMI JOIN b USING (x, y)  ->  a LEFT SEMI JOIN b ON a.x = b.x AND a.y = b.y
final class SemiJoins extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlJoin join && isSemi(join.getJoinType()) ? on(join) : visited;
  }

  private static boolean isSemi(JoinType type) {
    return type == JoinType.LEFT_SEMI_JOIN || type == JoinType.LEFT_ANTI_JOIN;
  }

  private static SqlNode on(SqlJoin join) {
    if (join.isNatural()) {
      throw unsupported(join);
    }
    if (join.getConditionType() != JoinConditionType.USING
        || !(join.getCondition() instanceof SqlNodeList columns)) {
      return join;
    }
    SqlIdentifier left = name(join, join.getLeft());
    SqlIdentifier right = name(join, join.getRight());
    SqlNode condition = null;
    for (SqlNode column : columns) {
      SqlParserPos at = column.getParserPosition();
      String name = ((SqlIdentifier) column).getSimple();
      SqlNode equal =
          SqlStdOperatorTable.EQUALS.createCall(at, left.plus(name, at), right.plus(name, at));
      condition =
          condition == null ? equal : SqlStdOperatorTable.AND.createCall(at, condition, equal);
    }
    return new SqlJoin(
        join.getParserPosition(),
        join.getLeft(),
        join.isNaturalNode(),
        join.getJoinTypeNode(),
        join.getRight(),
        JoinConditionType.ON.symbol(join.getParserPosition()),
        condition);
  }

  /// What the columns of one side are qualified with.
  private static SqlIdentifier name(SqlJoin join, SqlNode side) {
    SqlNode named =
        side.getKind() == SqlKind.AS
            ? ((SqlCall) side).operand(1)
            : side.getKind() == SqlKind.TABLE_REF ? ((SqlCall) side).operand(0) : side;
    if (!(named instanceof SqlIdentifier name)) {
      throw unsupported(join);
    }
    return new SqlIdentifier(name.names.get(name.names.size() - 1), name.getParserPosition());
  }

  private static FrazilException unsupported(SqlJoin join) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "A semi or anti join of this form is not supported yet: write its condition after ON",
        Positions.of(join.getRight().getParserPosition()),
        null);
  }
}
