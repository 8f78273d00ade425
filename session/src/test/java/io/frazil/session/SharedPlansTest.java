package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.WorkerHandler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Subqueries that stand in several places of a query have the same rows in each, whose stages read
/// them.
class SharedPlansTest {
  private static final Schema PEOPLE =
      Schema.of(new Field("id", Types.BIGINT, false), new Field("city", Types.VARCHAR, true));
  private static final int ROWS = 10_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void rowsThatComeOutOtherwiseEachTimeAreComputedOnce(int workers) {
    withPeople(
        workers,
        session -> {
          session.registerFunction(new Numbered());
          String sql =
              "WITH c AS (SELECT city, numbered(id) AS n FROM people GROUP BY city)"
                  + " SELECT count(*) FROM people"
                  + " WHERE id IN (SELECT n FROM c) AND id NOT IN (SELECT n FROM c)";
          assertThat(session.explain(sql)).contains("Shared(0)");
          assertThat(rows(session, sql)).containsExactly(List.of(0L));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theRowsThatALimitLeavesAreTheSameForAllWhoReadThem(int workers) {
    withPeople(
        workers,
        session -> {
          for (String cut : List.of("LIMIT 7", "ORDER BY city LIMIT 7", "OFFSET 9993")) {
            String sql =
                "WITH c AS (SELECT id, city FROM people %s)".formatted(cut)
                    + " SELECT count(*), (SELECT count(*) FROM c x, c y WHERE x.id = y.id)"
                    + " FROM c WHERE id IN (SELECT id FROM c)";
            assertThat(session.explain(sql)).contains("Shared(0)");
            assertThat(rows(session, sql)).containsExactly(List.of(7L, 7L));
          }
        });
  }

  private void withPeople(int workers, Consumer<SessionContext> test) {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        var session =
            SessionContext.builder()
                .threads(2)
                .memory(256 << 20)
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .workers(workers)
                .dispatcher(dispatcher)
                .build()) {
      session.register("given", given());
      try (QueryHandle write = session.sql("CREATE TABLE people AS SELECT * FROM given")) {
        assertThat(write.updatedRows()).isEqualTo(ROWS);
      }
      test.accept(session);
    }
  }

  private static List<List<Object>> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return query.rows();
    }
  }

  private static ListTable given() {
    var rows = new BatchBuilder(PEOPLE);
    for (long i = 0; i < ROWS; i++) {
      rows.row(i, "city" + i % 3);
    }
    return new ListTable(PEOPLE, rows.batches());
  }

  /// Numbers the groups in the order in which they are asked for: 0, 1, 2 and so on.
  private static final class Numbered implements AggregateFunction {
    private final AggregateFunction count =
        BuiltInAggregates.register(FunctionRegistry.empty()).requireAggregate("count");

    private final AtomicLong next = new AtomicLong();

    @Override
    public String name() {
      return "numbered";
    }

    @Override
    public Optional<Signature> resolve(List<DataType> arguments) {
      return count.resolve(arguments);
    }

    @Override
    public Accumulator accumulator(List<DataType> arguments) {
      Accumulator counts = count.accumulator(arguments);
      return new Accumulator() {
        @Override
        public void resize(int groups) {
          counts.resize(groups);
        }

        @Override
        public void update(int[] groups, Vector[] values, Rows rows) {
          counts.update(groups, values, rows);
        }

        @Override
        public void merge(int[] groups, Vector[] state, Rows rows) {
          counts.merge(groups, state, rows);
        }

        @Override
        public Vector[] state(int from, int count) {
          return counts.state(from, count);
        }

        @Override
        public Vector result(int from, int count) {
          long[] numbers = new long[count];
          Arrays.setAll(numbers, _ -> next.getAndIncrement());
          return new LongVector(Types.BIGINT, numbers, count, null);
        }

        @Override
        public long bytes() {
          return counts.bytes();
        }
      };
    }
  }
}
