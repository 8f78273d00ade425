package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/// Refuses, by name and place, what parses and cannot be planned yet.
final class Unsupported extends SqlBasicVisitor<Void> {
  @Override
  @SuppressWarnings("NullAway") // SqlBasicVisitor<Void> answers null by contract.
  public Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.OVER) {
      throw unsupported("Window functions are", call);
    }
    if (call instanceof SqlJoin join) {
      JoinType type = join.getJoinType();
      if (type == JoinType.LEFT_SEMI_JOIN) {
        throw unsupported("LEFT SEMI JOIN (write EXISTS or IN) is", join.getRight());
      }
      if (type == JoinType.LEFT_ANTI_JOIN) {
        throw unsupported("LEFT ANTI JOIN (write NOT EXISTS) is", join.getRight());
      }
      if (type == JoinType.ASOF || type == JoinType.LEFT_ASOF) {
        throw unsupported("ASOF JOIN is", join.getRight());
      }
    }
    return super.visit(call);
  }

  /// Types are checked as they are written: Calcite quietly lowers a precision that it cannot have.
  @Override
  @SuppressWarnings("NullAway") // As above.
  public Void visit(SqlDataTypeSpec type) {
    Declarations.type(type);
    return super.visit(type);
  }

  private static FrazilException unsupported(String what, SqlNode at) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        what + " not supported yet",
        Positions.of(at.getParserPosition()),
        null);
  }
}
