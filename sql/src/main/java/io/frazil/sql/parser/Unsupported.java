package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Refuses, by name and place, what parses and cannot be planned yet. What is not known to be
/// supported is refused: the grammar is larger than what anything after it expects.
final class Unsupported extends SqlBasicVisitor<Void> {
  /// Besides functions, which are looked up by name when names are resolved.
  private static final Set<SqlKind> SUPPORTED =
      EnumSet.of(
          SqlKind.SELECT,
          SqlKind.JOIN,
          SqlKind.AS,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.WITH_ITEM,
          SqlKind.UNION,
          SqlKind.INTERSECT,
          SqlKind.EXCEPT,
          SqlKind.VALUES,
          SqlKind.LATERAL,
          SqlKind.TABLE_REF,
          SqlKind.EXPLICIT_TABLE,
          SqlKind.SNAPSHOT,
          SqlKind.SCALAR_QUERY,
          SqlKind.EXISTS,
          SqlKind.SOME,
          SqlKind.ALL,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_UNKNOWN,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.BETWEEN,
          SqlKind.LIKE,
          SqlKind.CASE,
          SqlKind.PLUS,
          SqlKind.MINUS,
          SqlKind.TIMES,
          SqlKind.DIVIDE,
          SqlKind.MOD,
          SqlKind.PLUS_PREFIX,
          SqlKind.MINUS_PREFIX,
          SqlKind.INTERVAL,
          SqlKind.FILTER,
          SqlKind.DESCENDING,
          SqlKind.NULLS_FIRST,
          SqlKind.NULLS_LAST);

  static {
    SUPPORTED.addAll(SqlKind.BINARY_COMPARISON);
  }

  /// What may hold rows of values.
  private static final Set<SqlKind> OF_ROWS =
      EnumSet.of(SqlKind.VALUES, SqlKind.IN, SqlKind.NOT_IN, SqlKind.SOME, SqlKind.ALL);

  static {
    OF_ROWS.addAll(SqlKind.BINARY_COMPARISON);
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      select(select);
      return null;
    }
    if (call instanceof SqlSnapshot snapshot) {
      if (!TableVersions.isVersion(snapshot.getPeriod())) {
        snapshot.getPeriod().accept(this);
      }
      return null;
    }
    refuse(call);
    for (SqlNode operand : call.getOperandList()) {
      if (operand != null) {
        visit(operand, OF_ROWS.contains(call.getKind()));
      }
    }
    return null;
  }

  private void select(SqlSelect select) {
    for (SqlNode operand : select.getOperandList()) {
      if (operand != null) {
        visit(operand, operand == select.getGroup());
      }
    }
  }

  private void visit(SqlNode node, boolean ofRows) {
    if (ofRows && node instanceof SqlNodeList list) {
      list.forEach(element -> visit(element, true));
    } else if (ofRows && node.getKind() == SqlKind.ROW) {
      ((SqlCall) node).getOperandList().forEach(column -> column.accept(this));
    } else {
      node.accept(this);
    }
  }

  @Override
  public @Nullable Void visit(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval) {
      Intervals.requireMillis(interval);
    }
    switch (literal.getTypeName()) {
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> throw unsupported("Type time is", literal);
      case TIMESTAMP_TZ -> throw unsupported("A timestamp literal with a zone is", literal);
      case BINARY, VARBINARY -> throw unsupported("Type binary is", literal);
      case UUID -> throw unsupported("Type uuid is", literal);
      default -> {}
    }
    return null;
  }

  /// Types are checked as they are written: Calcite quietly lowers a precision that it cannot have.
  @Override
  public @Nullable Void visit(SqlDataTypeSpec type) {
    Declarations.type(type);
    return null;
  }

  private static void refuse(SqlCall call) {
    if (call instanceof SqlJoin join
        && (join.getJoinType() == JoinType.ASOF || join.getJoinType() == JoinType.LEFT_ASOF)) {
      throw unsupported("ASOF JOIN is", join.getRight());
    }
    if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
      throw unsupported("WITH RECURSIVE is", item);
    }
    SqlKind kind = call.getKind();
    if (kind != SqlKind.UNION
        && call.getOperator() instanceof SqlSetOperator operator
        && operator.isAll()) {
      throw unsupported(kind + " ALL is", call);
    }
    boolean known =
        SUPPORTED.contains(kind)
            || call.getOperator() instanceof SqlFunction
            || call.getOperator().getName().equals("||");
    if (!known) {
      throw unsupported(name(call), call);
    }
  }

  private static String name(SqlCall call) {
    return switch (call.getKind()) {
      case OVER -> "Window functions are";
      case GROUPING_SETS, ROLLUP, CUBE -> "GROUPING SETS, ROLLUP and CUBE are";
      case GROUP_BY_DISTINCT -> "GROUP BY DISTINCT is";
      case ROW -> "A row as a value is";
      case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR, UNNEST -> "Arrays are";
      case MAP_VALUE_CONSTRUCTOR, MAP_QUERY_CONSTRUCTOR -> "Maps are";
      case MULTISET_VALUE_CONSTRUCTOR, MULTISET_QUERY_CONSTRUCTOR -> "Multisets are";
      case ITEM, DOT, COLON -> "A part of a value is";
      case COLLECTION_TABLE -> "Table functions are";
      case SIMILAR -> "SIMILAR TO is";
      default -> call.getOperator().getName().toUpperCase(Locale.ROOT) + " is";
    };
  }

  private static FrazilException unsupported(String what, SqlNode at) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        what + " not supported yet",
        Positions.of(at.getParserPosition()),
        null);
  }
}
