package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Positions;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.rel.type.RelDataTypeImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// The type of a column that its table has and the engine cannot read. Such columns stand behind
/// the others in the table's row, so that names and stars find them; no query that is planned reads
/// one.
final class UnreadableType extends RelDataTypeImpl {
  private final String column;
  private final String declared;
  private final Map<String, String> all;

  /// @param all the table's columns of this kind, with what its format calls their types
  UnreadableType(String column, String declared, Map<String, String> all) {
    this.column = column;
    this.declared = declared;
    this.all = all;
    computeDigest();
  }

  /// For whoever names the column.
  FrazilException named(SqlParserPos at) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "Column '%s' is of type %s, which is not supported yet".formatted(column, declared),
        Positions.of(at),
        null);
  }

  /// For whoever means it by a star.
  FrazilException meant(SqlParserPos at) {
    String columns =
        all.entrySet().stream()
            .map(e -> "'%s' (%s)".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "'*' stands for columns whose types are not supported yet: %s. Name the columns wanted."
            .formatted(columns),
        Positions.of(at),
        null);
  }

  /// Comparable with every type, so that a join by its name gets as far as being refused.
  @Override
  public SqlTypeName getSqlTypeName() {
    return SqlTypeName.ANY;
  }

  @Override
  public RelDataTypeFamily getFamily() {
    return SqlTypeFamily.ANY;
  }

  @Override
  public boolean isNullable() {
    return true;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append("UNREADABLE(").append(column).append(" of ").append(all).append(')');
  }
}
