package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Positions;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// LIMIT and OFFSET take whole numbers that are not negative. The grammar takes any number, and
/// parameters of any type stand there by now.
final class RowLimits extends SqlBasicVisitor<Void> {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlOrderBy order) {
      check("LIMIT", order.fetch);
      check("OFFSET", order.offset);
    }
    return super.visit(call);
  }

  private static void check(String clause, @Nullable SqlNode count) {
    if (count == null || (count instanceof SqlLiteral literal && isCount(literal))) {
      return;
    }
    throw new FrazilException(
        ErrorCode.INVALID_ARGUMENT,
        clause + " takes a whole number that is not negative",
        Positions.of(count.getParserPosition()),
        null);
  }

  private static boolean isCount(SqlLiteral literal) {
    return literal.getTypeName() == SqlTypeName.DECIMAL
        && literal.getValue() instanceof BigDecimal number
        && number.stripTrailingZeros().scale() <= 0
        && number.signum() >= 0
        && number.toBigInteger().compareTo(MAX) <= 0;
  }
}
