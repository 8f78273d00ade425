package io.frazil.sql.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Names what has no name: what is selected after what computes it, with a number where that is
/// taken, and the columns of VALUES by their number, as PostgreSQL does.
///
///     SELECT count(*) FROM t      ->  SELECT count(*) AS "count(*)" FROM t
///     FROM (VALUES (1, 'a')) t    ->  FROM (VALUES (1, 'a')) t (column1, column2)
public final class ColumnNames extends SqlBasicVisitor<@Nullable Void> {
  /// In characters; longer ones are cut.
  private static final int MAX_LENGTH = 64;

  private int tables;

  ColumnNames() {}

  /// The names of what a query gives, if its columns are those of VALUES; otherwise none.
  public static List<String> ofValues(SqlNode query) {
    return switch (query) {
      case SqlOrderBy order -> ofValues(order.query);
      case SqlWith with -> ofValues(with.body);
      case SqlCall call
          when call.getOperator() instanceof SqlSetOperator || call.getKind() == SqlKind.LATERAL ->
          ofValues(call.operand(0));
      case SqlCall call when call.getKind() == SqlKind.VALUES ->
          IntStream.rangeClosed(1, ((SqlCall) call.operand(0)).operandCount())
              .mapToObj(ColumnNames::numbered)
              .toList();
      default -> List.of();
    };
  }

  private static String numbered(int number) {
    return "column" + number;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    switch (call) {
      case SqlSelect select -> {
        select.setSelectList(named(select.getSelectList()));
        SqlNode from = select.getFrom();
        if (from != null) {
          select.setFrom(table(from));
        }
      }
      case SqlJoin join -> {
        join.setLeft(table(join.getLeft()));
        join.setRight(table(join.getRight()));
      }
      case SqlWithItem item -> {
        List<String> names = ofValues(item.query);
        if (item.columnList == null && !names.isEmpty()) {
          SqlParserPos at = item.name.getParserPosition();
          item.columnList = new SqlNodeList(identifiers(names, at), at);
        }
      }
      default -> {
        // Gives no names.
      }
    }
    return super.visit(call);
  }

  private static SqlNodeList named(SqlNodeList columns) {
    var taken = new HashSet<String>();
    columns.forEach(column -> written(column).ifPresent(taken::add));
    var again = new HashMap<String, Integer>();
    var named = new SqlNodeList(columns.getParserPosition());
    for (SqlNode column : columns) {
      named.add(
          written(column).isPresent()
              ? column
              : named(column, free(Text.of(column, named.size()), taken, again)));
    }
    return named;
  }

  /// The name that somebody gave; that of a star is none of its columns'.
  private static Optional<String> written(SqlNode column) {
    return switch (column) {
      case SqlIdentifier id -> Optional.of(id.names.get(id.names.size() - 1));
      case SqlCall call when call.getKind() == SqlKind.AS ->
          Optional.of(((SqlIdentifier) call.operand(1)).getSimple());
      default -> Optional.empty();
    };
  }

  /// @param taken by other columns; the new name is added
  /// @param again how often each text was asked for, as a list may have it very often
  private static String free(String text, Set<String> taken, Map<String, Integer> again) {
    String name = text;
    while (!taken.add(name)) {
      name = text + "_" + again.merge(text, 1, Integer::sum);
    }
    return name;
  }

  private static SqlNode named(SqlNode column, String name) {
    SqlParserPos at = column.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(at, column, new SqlIdentifier(name, at));
  }

  private SqlNode table(SqlNode table) {
    SqlParserPos at = table.getParserPosition();
    List<String> names = ofValues(table);
    if (!names.isEmpty()) {
      tables++;
      return named(table, new SqlIdentifier("values " + tables, at), names);
    }
    if (table instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2) {
      // A single column has its table's name.
      List<String> inner = ofValues(as.operand(0));
      return inner.size() < 2 ? as : named(as.operand(0), as.operand(1), inner);
    }
    return table;
  }

  private static SqlNode named(SqlNode values, SqlNode name, List<String> columns) {
    SqlParserPos at = name.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(List.of(values, name));
    operands.addAll(identifiers(columns, at));
    return SqlStdOperatorTable.AS.createCall(at, operands);
  }

  private static List<SqlIdentifier> identifiers(List<String> names, SqlParserPos at) {
    return names.stream().map(name -> new SqlIdentifier(name, at)).toList();
  }

  /// Loaded for the first that needs it.
  private static final class Text {
    private static final SqlWriterConfig ONE_LINE =
        SqlPrettyWriter.config()
            .withDialect(new Plain())
            .withQuoteAllIdentifiers(false)
            .withKeywordsLowerCase(true)
            .withAlwaysUseParentheses(false)
            .withSelectListItemsOnSeparateLines(false)
            .withClauseStartsLine(false)
            .withIndentation(0)
            .withLineFolding(SqlWriterConfig.LineFolding.WIDE);

    private Text() {}

    /// @param index of the column, from 0
    static String of(SqlNode column, int index) {
      if (column instanceof SqlDynamicParam parameter) {
        return "$" + (parameter.getIndex() + 1);
      }
      String text;
      try {
        text = new SqlPrettyWriter(ONE_LINE).format(column);
      } catch (UnsupportedOperationException e) {
        return numbered(index + 1);
      }
      text = text.replace(TableVersions.FILES + ".", "").replaceAll("\\s+", " ");
      return text.codePointCount(0, text.length()) <= MAX_LENGTH
          ? text
          : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
    }
  }

  /// Names are not quoted, and texts stand as they are, whatever their letters.
  private static final class Plain extends SqlDialect {
    Plain() {
      super(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString(null));
    }

    @Override
    public void quoteStringLiteral(StringBuilder to, @Nullable String charset, String value) {
      to.append('\'').append(value.replace("'", "''")).append('\'');
    }
  }
}
