package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.evaluate.Folding;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.session.SessionState.TableName;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.WorkflowUse;
import io.frazil.session.statistics.QueryTally;
import io.frazil.sql.PlannedQuery;
import io.frazil.sql.SqlEnvironment;
import io.frazil.sql.SqlPlanner;
import io.frazil.sql.Statement;
import io.frazil.sql.Statement.Existing;
import io.frazil.sql.Statement.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out statements.
final class Statements {
  private static final Schema TABLES =
      Schema.of(
          new Field("schema_name", Types.VARCHAR, false),
          new Field("table_name", Types.VARCHAR, false));
  private static final Schema SCHEMAS = Schema.of(new Field("schema_name", Types.VARCHAR, false));
  private static final Schema COLUMNS =
      Schema.of(
          new Field("column_name", Types.VARCHAR, false),
          new Field("data_type", Types.VARCHAR, false),
          new Field("nullable", Types.BOOLEAN, false));
  private static final Schema PLAN = Schema.of(new Field("plan", Types.VARCHAR, false));

  private final SessionState state;
  private final QueryStarter starter;

  Statements(SessionState state, QueryStarter starter) {
    this.state = state;
    this.starter = starter;
  }

  QueryHandle run(String id, int epoch, String text, List<? extends @Nullable Object> parameters) {
    Planning planning = planning(id, epoch, parameters);
    QueryHandle handle = run(planning, text);
    return handle instanceof FixedResult fixed
        ? fixed.counted(starter.counted(planning.tally))
        : handle;
  }

  private QueryHandle run(Planning planning, String text) {
    String id = planning.id;
    Statement statement = planning.planner.parse(text);
    state.checkAllowed(statement);
    return switch (statement) {
      case Statement.Query query -> startKept(planning, planning.plan(query));
      case Statement.Explain explain -> explain(planning, explain);
      case Statement.CreateTable create -> createTable(id, create);
      case Statement.CreateTableAs create -> createTableAs(planning, create);
      case Statement.Insert insert -> insert(planning, insert);
      case Statement.DropTable drop -> dropTable(id, drop);
      case Statement.CreateSchema create -> createSchema(id, create);
      case Statement.DropSchema drop -> dropSchema(id, drop);
      case Statement.CreateView create -> createView(planning, create);
      case Statement.DropView drop -> dropView(id, drop);
      case Statement.ShowTables show -> showTables(id, show);
      case Statement.ShowSchemas show -> showSchemas(id, show);
      case Statement.Describe describe -> describe(id, describe);
    };
  }

  Explanation explain(String text, List<? extends @Nullable Object> parameters) {
    Planning planning = planning("", 1, parameters);
    if (!(planning.planner.parse(text) instanceof Statement.Query query)) {
      throw new FrazilException(
          ErrorCode.INVALID_QUERY, "Only a query can be explained: SELECT, WITH, VALUES");
    }
    return explanation(planning.plan(query));
  }

  private Explanation explanation(PlannedQuery query) {
    Estimate estimate = starter.estimate(query);
    return new Explanation(ExplainText.planned(query, starter.stages(query), estimate), estimate);
  }

  private Planning planning(String id, int epoch, List<? extends @Nullable Object> parameters) {
    var tally = new QueryTally(starter.rates());
    SqlEnvironment environment = state.environment();
    var planner = new SqlPlanner(environment, Folding::fold);
    return new Planning(id, epoch, planner, environment, parameters, tally);
  }

  Optional<QueryHandle> resume(String id, int epoch) {
    var tally = new QueryTally(starter.rates());
    return starter.resume(id, epoch, tally, state.functions().get()).map(query -> query);
  }

  /// What a statement took whose tasks somebody else ran.
  QueryAccount account(String id, int epoch, WorkflowUse.Children children) {
    var tally = new QueryTally(starter.rates());
    return starter.account(id, epoch, children, tally, state.functions().get());
  }

  /// A step of a statement whose tasks somebody else runs: only a query's are.
  QueryStep step(
      String id,
      int epoch,
      WorkflowUse.Children children,
      String text,
      List<? extends @Nullable Object> parameters) {
    Planning planning = planning(id, epoch, parameters);
    return starter
        .step(id, epoch, children, planning.tally, state.functions().get())
        .orElseGet(() ->
            planning.planner.parse(text) instanceof Statement.Query query
                ? starter.firstStep(
                    id,
                    epoch,
                    children,
                    planning.plan(query),
                    planning.tally,
                    planning.environment.functions())
                : new QueryStep.Rest(run(id, epoch, text, parameters)));
  }

  /// Makes a view that the session begins with.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where the statement is another than CREATE VIEW
  void addView(String text) {
    SqlEnvironment environment = state.environment();
    var planner = new SqlPlanner(environment, Folding::fold);
    if (!(planner.parse(text) instanceof Statement.CreateView create)) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "A view is given by its CREATE VIEW statement alone");
    }
    createView(create);
  }

  /// A statement on its way to a plan.
  private record Planning(
      String id,
      int epoch,
      SqlPlanner planner,
      SqlEnvironment environment,
      List<? extends @Nullable Object> parameters,
      QueryTally tally) {
    PlannedQuery plan(Statement.Query query) {
      return planner.plan(query, parameters);
    }
  }

  private RunningQuery startKept(Planning planning, PlannedQuery query) {
    return starter.startKept(
        planning.id, planning.epoch, query, planning.tally, planning.environment.functions());
  }

  private RunningQuery start(Planning planning, PlannedQuery query) {
    return starter.start(
        planning.id, planning.epoch, query, planning.tally, planning.environment.functions());
  }

  private QueryHandle explain(Planning planning, Statement.Explain explain) {
    PlannedQuery query = planning.plan(explain.query());
    List<Stage> stages = starter.stages(query);
    return switch (explain.depth()) {
      case PLAN -> FixedResult.rows(planning.id, PLAN, rows(explanation(query).lines()));
      case ANALYZE ->
          new RunningAnalysis(
              start(planning, query),
              PLAN,
              running -> rows(ExplainText.analyzed(query, stages, running)));
    };
  }

  private static List<Object[]> rows(List<String> lines) {
    return lines.stream().map(line -> new Object[] {line}).toList();
  }

  private QueryHandle createTable(String id, Statement.CreateTable create) {
    TableName name = state.tableName(create.name());
    if (isToBeMade(name, create.existing())) {
      SessionState.mutable(name.catalog())
          .createTable(name.schema(), name.table(), create.columns());
    }
    return FixedResult.done(id);
  }

  private QueryHandle createTableAs(Planning planning, Statement.CreateTableAs create) {
    TableName name = state.tableName(create.name());
    if (!isToBeMade(name, create.existing())) {
      return FixedResult.done(planning.id);
    }
    MutableCatalog catalog = SessionState.mutable(name.catalog());
    PlannedQuery query = planning.plan(create.query());
    return write(
        planning,
        query,
        catalog.createTableAs(name.schema(), name.table(), query.schema()),
        NotNullColumns.of(name.table(), query.schema(), query.schema()));
  }

  private QueryHandle insert(Planning planning, Statement.Insert insert) {
    TableName name = state.tableName(insert.table());
    Schema table = existing(name, insert.table()).schema();
    MutableCatalog catalog = SessionState.mutable(name.catalog());
    PlannedQuery query = planning.plan(insert.query());
    String named = String.join(".", insert.table());
    PlannedQuery rows = TableRows.of(query, table, insert.columns(), named);
    return write(
        planning,
        rows,
        catalog.append(name.schema(), name.table()),
        NotNullColumns.of(named, table, rows.schema()));
  }

  private QueryHandle write(
      Planning planning, PlannedQuery rows, TableAppend append, NotNullColumns notNull) {
    try {
      return RunningWrite.start(start(planning, rows), append, notNull);
    } catch (RuntimeException | Error e) {
      append.close();
      throw e;
    }
  }

  private QueryHandle dropTable(String id, Statement.DropTable drop) {
    TableName name = state.tableName(drop.name());
    if (drop.missing() == Missing.FAIL || name.find().isPresent()) {
      TableProvider _ = existing(name, drop.name());
      SessionState.mutable(name.catalog()).dropTable(name.schema(), name.table());
    }
    return FixedResult.done(id);
  }

  private QueryHandle createSchema(String id, Statement.CreateSchema create) {
    TableName name = state.schemaName(create.name());
    boolean exists = name.catalog().schemas().contains(name.schema());
    if (!exists || create.existing() == Existing.FAIL) {
      SessionState.mutable(name.catalog()).createSchema(name.schema());
    }
    return FixedResult.done(id);
  }

  private QueryHandle dropSchema(String id, Statement.DropSchema drop) {
    TableName name = state.schemaName(drop.name());
    boolean exists = name.catalog().schemas().contains(name.schema());
    if (exists || drop.missing() == Missing.FAIL) {
      SessionState.mutable(name.catalog()).dropSchema(name.schema());
    }
    return FixedResult.done(id);
  }

  private QueryHandle createView(Planning planning, Statement.CreateView create) {
    PlannedQuery _ = planning.plan(create.query());
    createView(create);
    return FixedResult.done(planning.id);
  }

  private void createView(Statement.CreateView create) {
    String name = viewName(create.name());
    var view = new SqlEnvironment.View(create.query(), create.columns());
    switch (create.existing()) {
      case REPLACE -> state.views().put(name, view);
      case SKIP -> state.views().putIfAbsent(name, view);
      case FAIL -> {
        if (state.views().putIfAbsent(name, view) != null) {
          throw new FrazilException(ErrorCode.ALREADY_EXISTS, "View '" + name + "' exists already");
        }
      }
    }
  }

  private QueryHandle dropView(String id, Statement.DropView drop) {
    String name = viewName(drop.name());
    if (state.views().remove(name) == null && drop.missing() == Missing.FAIL) {
      throw new FrazilException(ErrorCode.TABLE_NOT_FOUND, "View '" + name + "' does not exist");
    }
    return FixedResult.done(id);
  }

  private QueryHandle showTables(String id, Statement.ShowTables show) {
    var rows = new ArrayList<Object[]>();
    TableName schema = state.schemaName(show.schema());
    if (show.schema().isEmpty()) {
      state.memory().all().keySet().stream()
          .sorted()
          .forEach(table -> rows.add(new Object[] {SessionContext.DEFAULT_SCHEMA, table}));
      state.views().keySet().stream()
          .sorted()
          .forEach(view -> rows.add(new Object[] {SessionContext.DEFAULT_SCHEMA, view}));
    }
    if (schema.catalog() != state.memory() || !show.schema().isEmpty()) {
      requireSchema(schema);
      schema.catalog().tables(schema.schema()).stream()
          .sorted()
          .forEach(table -> rows.add(new Object[] {schema.schema(), table}));
    }
    return FixedResult.rows(id, TABLES, rows);
  }

  private QueryHandle showSchemas(String id, Statement.ShowSchemas show) {
    var catalog =
        show.catalog().isEmpty()
            ? state.currentCatalog()
            : state.catalog(String.join(".", show.catalog()));
    return FixedResult.rows(
        id, SCHEMAS, catalog.schemas().stream().sorted().map(name -> new Object[] {name}).toList());
  }

  private QueryHandle describe(String id, Statement.Describe describe) {
    TableProvider own =
        describe.table().size() == 1 ? state.memory().all().get(describe.table().getFirst()) : null;
    TableProvider table =
        own == null ? existing(state.tableName(describe.table()), describe.table()) : own;
    var rows = new ArrayList<Object[]>();
    for (Field field : table.schema().fields()) {
      rows.add(new Object[] {field.name(), field.type().text(), field.nullable()});
    }
    if (table instanceof PartiallySupported partial) {
      partial
          .unsupportedColumns()
          .forEach((name, type) -> rows.add(new Object[] {name, type + " (not supported)", true}));
    }
    return FixedResult.rows(id, COLUMNS, rows);
  }

  /// Whether a CREATE TABLE has to do anything.
  private static boolean isToBeMade(TableName name, Existing existing) {
    return switch (existing) {
      case FAIL -> true;
      case SKIP -> name.find().isEmpty();
      case REPLACE ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              "CREATE OR REPLACE TABLE is not supported yet: drop the table first");
    };
  }

  private static TableProvider existing(TableName name, List<String> written) {
    return name.find()
        .orElseThrow(() ->
            new FrazilException(
                ErrorCode.TABLE_NOT_FOUND,
                "Table '" + String.join(".", written) + "' does not exist"));
  }

  private static void requireSchema(TableName name) {
    if (!name.catalog().schemas().contains(name.schema())) {
      throw new FrazilException(
          ErrorCode.SCHEMA_NOT_FOUND, "Schema '" + name.schema() + "' does not exist");
    }
  }

  private static String viewName(List<String> name) {
    if (name.size() != 1) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "View '"
              + String.join(".", name)
              + "' is not supported: views belong to the session, so their names have one part");
    }
    return name.getFirst();
  }
}
