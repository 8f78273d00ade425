package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Schema;
import io.frazil.sql.Statement;
import io.frazil.sql.Statement.Existing;
import io.frazil.sql.Statement.Missing;
import io.frazil.sql.Statement.Query;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A statement of our own in Calcite's syntax tree: what the grammar's productions make, and
/// [StatementParser] takes out again.
public final class StatementNode extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("STATEMENT", SqlKind.OTHER_DDL);

  private final Function<Function<SqlNode, Query>, Statement> statement;

  private StatementNode(
      SqlParserPos position, Function<Function<SqlNode, Query>, Statement> statement) {
    super(position);
    this.statement = statement;
  }

  /// The statement.
  ///
  /// @param text gives a nested query its text
  Statement statement(Function<SqlNode, Query> text) {
    return statement.apply(text);
  }

  public static StatementNode createTable(
      SqlParserPos at, SqlIdentifier name, boolean replace, boolean skip, Schema columns) {
    Existing existing = existing(at, replace, skip);
    return new StatementNode(at, _ -> new Statement.CreateTable(name.names, columns, existing));
  }

  public static StatementNode createTableAs(
      SqlParserPos at, SqlIdentifier name, boolean replace, boolean skip, SqlNode query) {
    Existing existing = existing(at, replace, skip);
    return new StatementNode(
        at, text -> new Statement.CreateTableAs(name.names, text.apply(query), existing));
  }

  public static StatementNode createView(
      SqlParserPos at,
      SqlIdentifier name,
      boolean replace,
      boolean skip,
      SqlNodeList columns,
      SqlNode query) {
    Existing existing = existing(at, replace, skip);
    List<String> names = columns.stream().map(c -> ((SqlIdentifier) c).getSimple()).toList();
    return new StatementNode(
        at, text -> new Statement.CreateView(name.names, names, text.apply(query), existing));
  }

  public static StatementNode createSchema(
      SqlParserPos at, SqlIdentifier name, boolean replace, boolean skip) {
    if (replace) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "CREATE OR REPLACE SCHEMA is not supported",
          Positions.of(at),
          null);
    }
    Existing existing = existing(at, false, skip);
    return new StatementNode(at, _ -> new Statement.CreateSchema(name.names, existing));
  }

  public static StatementNode dropTable(SqlParserPos at, SqlIdentifier name, boolean skip) {
    return new StatementNode(at, _ -> new Statement.DropTable(name.names, missing(skip)));
  }

  public static StatementNode dropView(SqlParserPos at, SqlIdentifier name, boolean skip) {
    return new StatementNode(at, _ -> new Statement.DropView(name.names, missing(skip)));
  }

  public static StatementNode dropSchema(SqlParserPos at, SqlIdentifier name, boolean skip) {
    return new StatementNode(at, _ -> new Statement.DropSchema(name.names, missing(skip)));
  }

  public static StatementNode showTables(SqlParserPos at, @Nullable SqlIdentifier schema) {
    return new StatementNode(at, _ -> new Statement.ShowTables(names(schema)));
  }

  public static StatementNode showSchemas(SqlParserPos at, @Nullable SqlIdentifier catalog) {
    return new StatementNode(at, _ -> new Statement.ShowSchemas(names(catalog)));
  }

  public static StatementNode describe(SqlParserPos at, SqlIdentifier table) {
    return new StatementNode(at, _ -> new Statement.Describe(table.names));
  }

  public static StatementNode explain(SqlParserPos at, boolean analyze, SqlNode query) {
    Statement.Depth depth = analyze ? Statement.Depth.ANALYZE : Statement.Depth.PLAN;
    return new StatementNode(at, text -> new Statement.Explain(text.apply(query), depth));
  }

  private static Existing existing(SqlParserPos at, boolean replace, boolean skip) {
    if (replace && skip) {
      throw new FrazilException(
          ErrorCode.SYNTAX_ERROR,
          "OR REPLACE and IF NOT EXISTS exclude each other",
          Positions.of(at),
          null);
    }
    return replace ? Existing.REPLACE : skip ? Existing.SKIP : Existing.FAIL;
  }

  private static Missing missing(boolean skip) {
    return skip ? Missing.SKIP : Missing.FAIL;
  }

  private static List<String> names(@Nullable SqlIdentifier name) {
    return name == null ? List.of() : name.names;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }
}
