package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.Statement;
import io.frazil.sql.parser.generated.FrazilSqlParser;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlDescribeTable;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Text to [Statement], and a query's text to Calcite's syntax tree.
public final class StatementParser {
  private static final int MAX_NAME = 256;
  private static final Pattern NUMBERED = Pattern.compile("\\$[1-9]\\d{0,4}");

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(FrazilSqlParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(MAX_NAME)
          .withConformance(Conformance.INSTANCE);

  private StatementParser() {}

  /// Parses one statement; a `;` may end it.
  ///
  /// @throws FrazilException SYNTAX_ERROR
  public static Statement parse(String sql) {
    return parsed(sql).statement();
  }

  /// The same with what was parsed.
  ///
  /// @throws FrazilException SYNTAX_ERROR
  public static Parsed parsed(String sql) {
    List<String> statements = Script.split(sql);
    if (statements.isEmpty()) {
      throw new FrazilException(ErrorCode.SYNTAX_ERROR, "There is no statement");
    }
    String text = statements.getFirst();
    if (statements.size() > 1) {
      String second = statements.get(1);
      int start = second.length() - second.stripLeading().length();
      throw SyntaxErrors.at(second, start, "A second statement begins here");
    }
    SqlNode tree = tree(text);
    return new Parsed(statement(text, tree), tree);
  }

  /// A statement and its syntax tree, which is good for one use: binding changes it.
  public record Parsed(Statement statement, SqlNode tree) {}

  /// The syntax tree of a query's text, with `$1` parameters, comparisons of rows and semi joins in
  /// the form that validation knows, and a name for each column that is selected.
  ///
  /// @throws FrazilException SYNTAX_ERROR, or NOT_SUPPORTED for what parses and no more
  public static SqlNode query(String text) {
    return query(tree(text));
  }

  /// The same of a tree that was parsed already.
  public static SqlNode query(SqlNode tree) {
    Nesting.check(tree);
    tree.accept(new Unsupported());
    SqlNode rewritten = parameters(tree);
    rewritten.accept(new ColumnNames());
    for (SqlShuttle rewrite : List.of(new RowComparisons(), new SemiJoins())) {
      rewritten = Objects.requireNonNull(rewritten.accept(rewrite));
    }
    return rewritten;
  }

  private static SqlNode tree(String text) {
    Nesting.check(text);
    return DeepStack.call(() -> {
      try {
        return SqlParser.create(text, CONFIG).parseStmt();
      } catch (SqlParseException e) {
        throw SyntaxErrors.translate(text, e);
      }
    });
  }

  private static Statement statement(String text, SqlNode tree) {
    return switch (tree) {
      case StatementNode node -> node.statement(query -> query(text, query));
      case SqlInsert insert -> insert(text, insert);
      case SqlDescribeTable describe -> new Statement.Describe(describe.getTable().names);
      case SqlNode query when query.isA(SqlKind.QUERY) -> new Statement.Query(text);
      default ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              SyntaxErrors.firstWord(text) + " is not supported",
              Positions.of(tree.getParserPosition()),
              null);
    };
  }

  private static Statement insert(String text, SqlInsert insert) {
    if (!(insert.getTargetTable() instanceof SqlIdentifier table) || insert.isUpsert()) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "INSERT takes the name of a table",
          Positions.of(insert.getParserPosition()),
          null);
    }
    SqlNodeList columns = insert.getTargetColumnList();
    List<String> names =
        columns == null
            ? List.of()
            : columns.stream().map(c -> ((SqlIdentifier) c).getSimple()).toList();
    SqlParserPos target = columns == null ? table.getParserPosition() : columns.getParserPosition();
    var query = new Statement.Query(Positions.after(text, target));
    return new Statement.Insert(table.names, names, query);
  }

  private static Statement.Query query(String text, SqlNode query) {
    return new Statement.Query(Positions.isolate(text, query.getParserPosition()));
  }

  private static SqlNode parameters(SqlNode query) {
    SqlNode replaced =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlIdentifier id) {
                return id.isSimple() && NUMBERED.matcher(id.getSimple()).matches()
                    ? new SqlDynamicParam(
                        Integer.parseInt(id.getSimple().substring(1)) - 1, id.getParserPosition())
                    : id;
              }
            });
    return replaced == null ? query : replaced;
  }
}
