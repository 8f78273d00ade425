package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Rows are compared column by column, the first difference deciding, and with each of a list:
///
///     (a, b) < (c, d)               ->  a < c or (a = c and b < d)
///     (a, b) <> (c, d)              ->  a <> c or b <> d
///     (a, b) <> ALL ((c, d), (e, f))  ->  (a <> c or b <> d) and (a <> e or b <> f)
final class RowComparisons extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return !(visited instanceof SqlCall comparison)
        ? visited
        : comparesRows(comparison)
            ? rewritten(comparison)
            : quantifiesRow(comparison) ? quantified(comparison) : comparison;
  }

  private static boolean quantifiesRow(SqlCall call) {
    return call.getOperator() instanceof SqlQuantifyOperator
        && call.operand(0).getKind() == SqlKind.ROW;
  }

  /// Calcite compares with a subquery's rows only whether they are equal: it would look at the
  /// first columns of others.
  private static SqlNode quantified(SqlCall call) {
    var operator = (SqlQuantifyOperator) call.getOperator();
    boolean all = operator.getKind() == SqlKind.ALL;
    if (call.operand(1) instanceof SqlNodeList rows) {
      SqlNode result = null;
      for (SqlNode row : rows) {
        SqlNode compared = compared(operator, copy(call.operand(0)), row);
        result =
            result == null
                ? compared
                : (all ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR)
                    .createCall(call.getParserPosition(), result, compared);
      }
      return Objects.requireNonNull(result);
    }
    SqlKind comparison = operator.comparisonKind;
    if (comparison != (all ? SqlKind.NOT_EQUALS : SqlKind.EQUALS)) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "A row compared by " + operator.getName() + " with a subquery is not supported yet",
          Positions.of(call.getParserPosition()),
          null);
    }
    return call;
  }

  private static SqlNode compared(SqlQuantifyOperator operator, SqlNode left, SqlNode right) {
    SqlParserPos at = right.getParserPosition();
    SqlCall comparison = RexUtil.op(operator.comparisonKind).createCall(at, left, right);
    if (!comparesRows(comparison)) {
      throw new FrazilException(
          ErrorCode.TYPE_MISMATCH,
          "The operands of " + operator.getName() + " have no common type",
          Positions.of(at),
          null);
    }
    return rewritten(comparison);
  }

  private static boolean comparesRows(SqlCall call) {
    return SqlKind.BINARY_COMPARISON.contains(call.getKind())
        && call.operandCount() == 2
        && call.operand(0).getKind() == SqlKind.ROW
        && call.operand(1).getKind() == SqlKind.ROW
        && columns(call, 0).size() == columns(call, 1).size();
  }

  private static List<SqlNode> columns(SqlCall comparison, int side) {
    return ((SqlCall) comparison.operand(side)).getOperandList();
  }

  private static SqlNode rewritten(SqlCall comparison) {
    List<SqlNode> left = columns(comparison, 0);
    List<SqlNode> right = columns(comparison, 1);
    SqlParserPos at = comparison.getParserPosition();
    return switch (comparison.getKind()) {
      case EQUALS, IS_NOT_DISTINCT_FROM ->
          all(comparison, SqlStdOperatorTable.AND, left, right, at);
      case NOT_EQUALS, IS_DISTINCT_FROM -> all(comparison, SqlStdOperatorTable.OR, left, right, at);
      case LESS_THAN, LESS_THAN_OR_EQUAL ->
          order(comparison, SqlStdOperatorTable.LESS_THAN, left, right, at);
      case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          order(comparison, SqlStdOperatorTable.GREATER_THAN, left, right, at);
      default -> comparison;
    };
  }

  /// The comparison of each pair of columns, combined.
  private static SqlNode all(
      SqlCall comparison,
      SqlBinaryOperator combine,
      List<SqlNode> left,
      List<SqlNode> right,
      SqlParserPos at) {
    SqlNode result = comparison.getOperator().createCall(at, left.getFirst(), right.getFirst());
    for (int i = 1; i < left.size(); i++) {
      SqlNode next = comparison.getOperator().createCall(at, left.get(i), right.get(i));
      result = combine.createCall(at, result, next);
    }
    return result;
  }

  private static SqlNode order(
      SqlCall comparison,
      SqlBinaryOperator strict,
      List<SqlNode> left,
      List<SqlNode> right,
      SqlParserPos at) {
    int last = left.size() - 1;
    SqlNode result = comparison.getOperator().createCall(at, left.get(last), right.get(last));
    for (int i = last - 1; i >= 0; i--) {
      SqlNode equal =
          SqlStdOperatorTable.EQUALS.createCall(at, copy(left.get(i)), copy(right.get(i)));
      result =
          SqlStdOperatorTable.OR.createCall(
              at,
              strict.createCall(at, left.get(i), right.get(i)),
              SqlStdOperatorTable.AND.createCall(at, equal, result));
    }
    return result;
  }

  /// What stands twice must be two nodes: validation keeps what it learns by identity.
  private static SqlNode copy(SqlNode node) {
    SqlNode copied =
        node.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier id) {
                return id.clone(id.getParserPosition());
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                var copier = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copier);
                return copier.result();
              }
            });
    return copied == null ? node : copied;
  }
}
