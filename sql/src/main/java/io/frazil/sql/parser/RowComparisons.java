package io.frazil.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Rows are compared column by column, the first difference deciding:
///
///     (a, b) < (c, d)   ->  a < c or (a = c and b < d)
///     (a, b) <> (c, d)  ->  a <> c or b <> d
final class RowComparisons extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall comparison && comparesRows(comparison)
        ? rewritten(comparison)
        : visited;
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
