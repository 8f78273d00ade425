package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.VectorValues;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.session.statistics.StageStatistics;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionContextTest {
  private static final int ROWS = 10_000;
  private static final Schema PEOPLE =
      Schema.of(new Field("id", Types.BIGINT, false), new Field("city", Types.VARCHAR, true));

  private static final FunctionRegistry BUILT_IN =
      BuiltInAggregates.register(BuiltInFunctions.registry());

  @TempDir private Path folder;

  private final ListTable people = people();

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void ownTablesAndFunctionsWorkEverywhere(int workers) {
    try (var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        var session = session(workers, dispatcher)) {
      session.register("people", people);
      session.registerFunction(new PlusOne());
      String sql =
          "SELECT city, count(*), sum(plus_one(id)) FROM people GROUP BY city ORDER BY city";
      try (QueryHandle query = session.sql(sql)) {
        assertThat(query.kind()).isEqualTo(QueryHandle.Kind.ROWS);
        List<List<Object>> rows = List.copyOf(query.rows());
        assertThat(rows).extracting(row -> row.get(0)).containsExactly("city0", "city1", "city2");
        assertThat(rows.stream().mapToLong(row -> (Long) row.get(1)).sum()).isEqualTo(ROWS);
        assertThat(query.statistics().stages())
            .extracting(StageStatistics::tasks)
            .allMatch(tasks -> tasks > 0);
        assertThat(query.ledger().dollars()).isPositive();
      }
      assertThat(people.open).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aFunctionInPlaceOfOneOfSqlsOwnIsTheOneThatIsCalled(int workers) {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        var session =
            builder(workers, dispatcher)
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build()) {
      session.register("people", people);
      assertThat(updated(session, "CREATE TABLE files AS SELECT * FROM people")).isEqualTo(ROWS);
      session.registerFunction(new Renamed("upper", BUILT_IN.requireScalar("reverse")));
      session.registerFunction(new RenamedAggregate("avg", BUILT_IN.requireAggregate("max")));
      assertThat(rows(session, "SELECT upper(city) c FROM files GROUP BY upper(city) ORDER BY c"))
          .containsExactly(List.of("0ytic"), List.of("1ytic"), List.of("2ytic"));
      assertThat(rows(session, "SELECT id FROM files WHERE upper(city) = '1ytic' AND id < 3"))
          .containsExactly(List.of(1L));
      assertThat(rows(session, "SELECT avg(id) FROM files")).containsExactly(List.of(ROWS - 1L));
    }
  }

  @Test
  void closingAQueryEarlyClosesItsTable() {
    try (var session = SessionContext.builder().threads(2).build()) {
      session.register("people", people);
      try (QueryHandle query = session.sql("SELECT * FROM people")) {
        assertThat(query.batches().next()).isNotNull();
      }
      assertThat(people.open).hasValue(0);
    }
  }

  @Test
  void parametersStandForTheirValues() {
    try (var session = SessionContext.builder().build();
        QueryHandle query = session.sql("SELECT ? + 1, ?", List.of(41, "x"))) {
      assertThat(query.rows().getFirst().get(1)).isEqualTo("x");
    }
  }

  @Test
  void tablesAreMadeFilledAndDropped() {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var session =
            SessionContext.builder()
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build()) {
      session.register("people", people);
      assertThat(updated(session, "CREATE TABLE copy AS SELECT * FROM people")).isEqualTo(ROWS);
      assertThat(updated(session, "INSERT INTO copy (id) VALUES (1), (2)")).isEqualTo(2);
      try (QueryHandle query = session.sql("SELECT count(*), count(city) FROM copy")) {
        assertThat(query.rows()).containsExactly(List.of(ROWS + 2L, (long) ROWS));
      }
      updated(session, "DROP TABLE copy");
      assertThatThrownBy(() -> session.sql("SELECT * FROM copy"))
          .isInstanceOfSatisfying(
              FrazilException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
    }
  }

  @Test
  void aTableThatFailsToBeMadeLeavesNothing() throws IOException {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var session =
            SessionContext.builder()
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build()) {
      session.register("people", people);
      assertThatThrownBy(
              () -> updated(session, "CREATE TABLE bad AS SELECT 1 / (id - 9999) x FROM people"))
          .isInstanceOfSatisfying(
              FrazilException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
      assertThat(warehouse.tables(LocalWarehouse.DEFAULT_SCHEMA)).isEmpty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(p -> p.toString().endsWith(".parquet"))).isEmpty();
    }
  }

  @Test
  void explainNamesStagesAndNodes() {
    try (var session = SessionContext.builder().build()) {
      session.register("people", people);
      assertThat(session.explain("SELECT count(*) FROM people"))
          .contains("Logical plan", "Stage 0 to one", "HashAggregate", "TableScan");
      assertThat(session.explain("ANALYZE SELECT count(*) FROM people"))
          .contains("rows in", "Total: 1 rows");
    }
  }

  /// What a coordinator does itself, as the last stage beside workers, nobody pays for apart.
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void anAnalysisTellsWhatEachStageCostAndWasPredictedTo(int workers) {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        var session =
            SessionContext.builder()
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .workers(workers)
                .dispatcher(dispatcher)
                .build()) {
      session.register("people", people);
      updated(session, "CREATE TABLE copy AS SELECT * FROM people");
      try (QueryHandle analysis = session.sql("EXPLAIN ANALYZE SELECT count(*) FROM copy")) {
        List<String> lines = analysis.rows().stream().map(row -> (String) row.getFirst()).toList();
        Ledger ledger = analysis.ledger();
        Estimate estimate = analysis.estimate();
        assertThat(ledger.dollars(0).orElseThrow()).isPositive();
        String cost = ", cost " + Dollars.text(ledger.dollars(0).orElseThrow());
        List<String> stages = lines.stream().filter(line -> line.startsWith("Stage ")).toList();
        assertThat(stages).hasSize(workers == 0 ? 1 : 2).hasSameSizeAs(estimate.stages());
        for (int stage = 0; stage < stages.size(); stage++) {
          String predicted = Dollars.text(estimate.stages().get(stage).dollars());
          assertThat(stages.get(stage))
              .endsWith((stage == 0 ? cost : "iB") + ", predicted " + predicted + ")");
        }
        assertThat(lines)
            .contains("Cost: " + Dollars.text(ledger.dollars()))
            .anyMatch(line -> line.startsWith("Predicted: " + Dollars.text(estimate.dollars())));
      }
    }
  }

  @Test
  void anExplanationsPlanAndEstimateAreOfOneSnapshot() {
    var versions = new AtomicInteger();
    CatalogProvider changing = new ChangingTable(people, versions);
    try (var session =
        SessionContext.builder().catalog("c", changing).defaults("c", "default").build()) {
      Explanation found = session.explain("SELECT count(*) FROM people WHERE id > ?", List.of(5));
      assertThat(versions).hasValue(1);
      assertThat(found.lines()).contains("Logical plan").last().asString().contains("Predicted");
      assertThat(found.estimate().stages()).isNotEmpty();
      assertThatThrownBy(() -> session.explain("ANALYZE SELECT 1", List.of()))
          .isInstanceOf(FrazilException.class);
      assertThatThrownBy(() -> session.explain("EXPLAIN ANALYZE SELECT 1", List.of()))
          .hasMessage("Only a query can be explained: SELECT, WITH, VALUES");
    }
    assertThat(people.open).hasValue(0);
  }

  /// A table that somebody commits to each time that it is looked up.
  private record ChangingTable(ListTable table, AtomicInteger versions) implements CatalogProvider {
    @Override
    public List<String> schemas() {
      return List.of("default");
    }

    @Override
    public List<String> tables(String schema) {
      return List.of("people");
    }

    @Override
    public Optional<TableProvider> table(String schema, String name, TableVersion version) {
      versions.incrementAndGet();
      return Optional.of(table);
    }
  }

  @Test
  void workersNeedADispatcher() {
    assertThatThrownBy(() -> SessionContext.builder().workers(2).build())
        .hasMessage("a session with workers needs a dispatcher");
  }

  private static SessionContext session(int workers, InProcessDispatcher dispatcher) {
    return builder(workers, dispatcher).build();
  }

  private static SessionBuilder builder(int workers, InProcessDispatcher dispatcher) {
    return SessionContext.builder()
        .threads(2)
        .memory(256 << 20)
        .workers(workers)
        .dispatcher(dispatcher);
  }

  private static List<List<Object>> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return List.copyOf(query.rows());
    }
  }

  private static long updated(SessionContext session, String statement) {
    try (QueryHandle handle = session.sql(statement)) {
      return handle.updatedRows();
    }
  }

  private static ListTable people() {
    var builder = new BatchBuilder(PEOPLE);
    for (long i = 0; i < ROWS; i++) {
      builder.row(i, "city" + i % 3);
    }
    return new ListTable(PEOPLE, builder.batches());
  }

  /// Another function under a name of its own.
  private record Renamed(String name, ScalarFunction function) implements ScalarFunction {
    @Override
    public Optional<Signature> resolve(List<DataType> arguments) {
      return function.resolve(arguments);
    }

    @Override
    public Volatility volatility() {
      return function.volatility();
    }

    @Override
    public Body bind(List<Expression> arguments) {
      return function.bind(arguments);
    }
  }

  private record RenamedAggregate(String name, AggregateFunction function)
      implements AggregateFunction {
    @Override
    public Optional<Signature> resolve(List<DataType> arguments) {
      return function.resolve(arguments);
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments) {
      return function.accumulator(arguments);
    }
  }

  private static final class PlusOne implements ScalarFunction {
    @Override
    public String name() {
      return "plus_one";
    }

    @Override
    public Optional<Signature> resolve(List<DataType> arguments) {
      return arguments.size() == 1 && arguments.getFirst().isInteger()
          ? Optional.of(new Signature(List.of(Types.BIGINT), Types.BIGINT, false))
          : Optional.empty();
    }

    @Override
    public Volatility volatility() {
      return Volatility.IMMUTABLE;
    }

    @Override
    public Body bind(List<Expression> arguments) {
      return (columns, rows) -> {
        long[] values = new long[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
          int row = rows.position(i);
          Object value = VectorValues.value(columns[0], row);
          values[row] = value == null ? 0 : (Long) value + 1;
        }
        return new LongVector(Types.BIGINT, values, values.length, columns[0].validity());
      };
    }
  }
}
