package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableVersion;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Tables named in ways that Calcite's name resolution does not know: at a version, or as files.
///
/// Both become plain identifiers whose last part (before the files' path: first part) says so; the
/// catalog that resolves names takes it apart again by [#parse].
public final class TableVersions {
  /// The schema in which paths of files are tables. No user's schema has this name.
  public static final String FILES = "\u0000files";

  private static final String MARK = "\u0000@";
  private static final SqlOperator VERSION =
      new SqlSpecialOperator("VERSION", SqlKind.OTHER_FUNCTION) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
          writer.keyword(getName());
          call.operand(0).unparse(writer, left, right);
        }
      };

  private TableVersions() {}

  /// A table's name and version, as resolution sees them in one identifier part.
  public record Named(String table, TableVersion version) {}

  /// `FROM 'path'`.
  public static SqlIdentifier files(String path, SqlParserPos at) {
    return new SqlIdentifier(List.of(FILES, path), null, at, List.of(at, at));
  }

  /// `FOR VERSION AS OF literal`.
  public static SqlNode version(SqlNode literal) {
    return new SqlBasicCall(VERSION, List.of(literal), literal.getParserPosition());
  }

  /// Whether what follows FOR is a version, and not a time.
  static boolean isVersion(SqlNode period) {
    return period instanceof SqlBasicCall call && call.getOperator() == VERSION;
  }

  /// Takes an identifier part apart.
  public static Named parse(String part) {
    int mark = part.indexOf(MARK);
    if (mark < 0) {
      return new Named(part, TableVersion.CURRENT);
    }
    String value = part.substring(mark + MARK.length() + 1);
    TableVersion version =
        switch (part.charAt(mark + MARK.length())) {
          case 'n' -> new TableVersion.Snapshot(Long.parseLong(value));
          case 'r' -> new TableVersion.Reference(value);
          default -> new TableVersion.AsOf(Long.parseLong(value));
        };
    return new Named(part.substring(0, mark), version);
  }

  /// Replaces every versioned table reference by an identifier that carries the version.
  ///
  /// @param zone in which wall-clock times are meant
  /// @param constant a point in time as text, of an expression that is none but stands for one
  public static SqlNode encode(SqlNode query, ZoneId zone, Function<SqlNode, String> constant) {
    SqlNode encoded =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                if (call instanceof SqlSnapshot snapshot) {
                  SqlIdentifier name = encode(snapshot, zone, constant);
                  var alias =
                      new SqlIdentifier(last(table(snapshot)), snapshot.getParserPosition());
                  return as(name, alias, snapshot.getParserPosition());
                }
                if (call.getKind() == SqlKind.AS
                    && call.operand(0) instanceof SqlSnapshot snapshot) {
                  SqlCall copy = (SqlCall) call.clone(call.getParserPosition());
                  copy.setOperand(0, encode(snapshot, zone, constant));
                  return copy;
                }
                return super.visit(call);
              }
            });
    return encoded == null ? query : encoded;
  }

  private static SqlNode as(SqlNode name, SqlNode alias, SqlParserPos at) {
    return SqlStdOperatorTable.AS.createCall(at, name, alias);
  }

  private static SqlIdentifier table(SqlSnapshot snapshot) {
    if (snapshot.getTableRef() instanceof SqlIdentifier name && !name.names.contains(FILES)) {
      return name;
    }
    throw unsupported("A version of anything but a table is not supported", snapshot);
  }

  private static String last(SqlIdentifier name) {
    return name.names.get(name.names.size() - 1);
  }

  private static SqlIdentifier encode(
      SqlSnapshot snapshot, ZoneId zone, Function<SqlNode, String> constant) {
    SqlIdentifier name = table(snapshot);
    var names = new ArrayList<String>(name.names);
    names.set(names.size() - 1, last(name) + MARK + version(snapshot, zone, constant));
    return new SqlIdentifier(names, null, name.getParserPosition(), positions(name));
  }

  private static List<SqlParserPos> positions(SqlIdentifier name) {
    var positions = new ArrayList<SqlParserPos>();
    for (int i = 0; i < name.names.size(); i++) {
      positions.add(name.getComponentParserPosition(i));
    }
    return positions;
  }

  private static String version(
      SqlSnapshot snapshot, ZoneId zone, Function<SqlNode, String> constant) {
    SqlNode period = snapshot.getPeriod();
    if (period instanceof SqlBasicCall call && call.getOperator() == VERSION) {
      SqlLiteral literal = (SqlLiteral) call.operand(0);
      if (literal.getTypeName() == SqlTypeName.CHAR) {
        return "r" + literal.getValueAs(String.class);
      }
      if (literal.getValue() instanceof BigDecimal number && number.scale() <= 0) {
        return "n" + number.longValueExact();
      }
      throw unsupported("A version is a number or the text of a name", literal);
    }
    String time = period instanceof SqlLiteral literal ? text(literal) : constant.apply(period);
    return "t" + Timestamps.micros(time, zone, period.getParserPosition());
  }

  private static String text(SqlLiteral literal) {
    String text =
        switch (literal.getTypeName()) {
          case TIMESTAMP -> literal.getValueAs(TimestampString.class).toString();
          case CHAR, DATE, UNKNOWN -> literal.toValue();
          default -> null;
        };
    if (text == null) {
      throw unsupported("FOR TIMESTAMP AS OF takes a timestamp", literal);
    }
    return text;
  }

  private static FrazilException unsupported(String message, SqlNode at) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED, message, Positions.of(at.getParserPosition()), null);
  }
}
