package io.frazil.sql;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Schema;
import io.frazil.sql.bind.Binder;
import io.frazil.sql.optimize.Optimizer;
import io.frazil.sql.parser.DeepStack;
import io.frazil.sql.parser.Script;
import io.frazil.sql.parser.StatementParser;
import io.frazil.sql.physical.PhysicalPlanner;
import io.frazil.sql.translate.Folding;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// SQL text to plans. Any number of threads may plan at once.
public final class SqlPlanner {
  private final SqlEnvironment environment;
  private final ConstantFolder folder;

  /// What was parsed last: most queries are planned next, and need not be parsed again.
  private final AtomicReference<StatementParser.@Nullable Parsed> last = new AtomicReference<>();

  /// @param folder computes constant expressions while planning
  public SqlPlanner(SqlEnvironment environment, ConstantFolder folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /// Parses one statement; a `;` may end it.
  ///
  /// @throws FrazilException SYNTAX_ERROR, with its position
  public Statement parse(String sql) {
    StatementParser.Parsed parsed = StatementParser.parsed(sql);
    last.set(parsed);
    return parsed.statement();
  }

  /// Parses statements separated by `;`.
  public List<Statement> parseScript(String sql) {
    return Script.split(sql).stream().map(StatementParser::parse).toList();
  }

  /// Plans a query.
  ///
  /// @param parameters for `?` in order, and for `$1`, as Java values
  /// @throws FrazilException for whatever is wrong with the query, with its position
  public PlannedQuery plan(Statement.Query query, List<?> parameters) {
    return DeepStack.call(() -> planned(query, parameters));
  }

  private PlannedQuery planned(Statement.Query query, List<?> parameters) {
    var binder = new Binder(environment, new Folding(environment.functions(), folder));
    try {
      return plan(binder, binder.bind(tree(query), parameters));
    } catch (FrazilException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (DeepStack.ended(e)) {
        throw new FrazilException(ErrorCode.NOT_SUPPORTED, "The query is nested too deeply", e);
      }
      if (e instanceof Error error && !(e instanceof AssertionError)) {
        throw error;
      }
      throw new FrazilException(ErrorCode.INTERNAL, "The query could not be planned", e);
    }
  }

  private SqlNode tree(Statement.Query query) {
    StatementParser.Parsed parsed = last.getAndSet(null);
    return parsed != null && parsed.statement() == query
        ? StatementParser.query(parsed.tree())
        : StatementParser.query(query.text());
  }

  /// Plans the rows of an INSERT: the table's columns in their order and of their types, nulls for
  /// those that the statement leaves out.
  ///
  /// @param table what is inserted into
  /// @throws FrazilException TYPE_MISMATCH, COLUMN_NOT_FOUND, INVALID_QUERY
  public PlannedQuery plan(Statement.Insert insert, Schema table, List<?> parameters) {
    return InsertColumns.fit(plan(insert.query(), parameters), insert, table);
  }

  private PlannedQuery plan(Binder binder, RelRoot root) {
    RelNode optimized = new Optimizer(binder.catalog()).optimize(root.rel);
    List<String> names = root.fields.rightList();
    PhysicalPlanner.Result result =
        new PhysicalPlanner(environment.functions(), folder)
            .plan(optimized, root.fields.leftList(), names);
    return new PlannedQuery(
        result.root(),
        result.root().schema(),
        result.tables(),
        result.estimates(),
        RelOptUtil.toString(optimized));
  }
}
