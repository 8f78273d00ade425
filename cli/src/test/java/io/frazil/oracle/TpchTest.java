package io.frazil.oracle;

import io.frazil.cli.CliSession;
import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.sql.parser.Script;
import io.frazil.worker.WorkerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The 22 queries of TPC-H at scale 0.05, each on both engines over the same files.
final class TpchTest {
  private static final double SCALE = 0.05;
  private static final List<String> TABLES =
      List.of("customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier");

  private static final int PROCESSES = 2;
  private static final long WORKER_BYTES = 256L << 20;

  @TempDir private static Path folder;
  private static DuckDbOracle oracle;
  private static IcebergCatalog warehouse;

  @BeforeAll
  static void generate() {
    warehouse = LocalWarehouse.open(folder);
    new TpchGenerator(warehouse, LocalWarehouse.DEFAULT_SCHEMA, SCALE, OptionalInt.empty(), 2)
        .generate((table, done, total) -> {}, new Cancellation());
    oracle = new DuckDbOracle();
    TABLES.forEach(
        table -> oracle.view(table, folder.resolve("main/" + table + "/data/*.parquet")));
  }

  @AfterAll
  static void close() {
    warehouse.close();
    oracle.close();
  }

  @TestFactory
  Stream<DynamicTest> embeddedOnOneThread() {
    return queries(new Setting(1, 0).open(warehouse));
  }

  @TestFactory
  Stream<DynamicTest> embeddedOnThreeThreads() {
    return queries(new Setting(3, 0).open(warehouse));
  }

  @TestFactory
  Stream<DynamicTest> onFourWorkersOfOneThread() {
    return queries(new Setting(1, 4).open(warehouse));
  }

  @TestFactory
  Stream<DynamicTest> onFourWorkersOfThreeThreads() {
    return queries(new Setting(3, 4).open(warehouse));
  }

  @TestFactory
  Stream<DynamicTest> onWorkersInProcessesOfTheirOwn(@TempDir Path programs) throws IOException {
    Path module = Path.of("..", "worker-fn");
    var processes = new ArrayList<WorkerProcess>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(WorkerProcess.start(module, programs));
    }
    var next = new AtomicInteger();
    CliSession open =
        CliSession.withWorkers(
            warehouse,
            PROCESSES,
            new CliSession.Resources(1, new MemoryPool(WORKER_BYTES)),
            request ->
                processes.get(Math.floorMod(next.getAndIncrement(), PROCESSES)).call(request),
            () -> processes.forEach(WorkerProcess::close));
    return queries(open);
  }

  private static Stream<DynamicTest> queries(CliSession open) {
    return IntStream.rangeClosed(1, 22)
        .mapToObj(n -> DynamicTest.dynamicTest("Q" + n, () -> compare(open.session(), n)))
        .onClose(open::close);
  }

  private static void compare(SqlSession session, int number) {
    for (String statement : Script.split(text(number))) {
      String sql = statement.strip();
      // DuckDB does not parse the precision that the specification gives Q1's interval.
      String theirs = sql.replace("day (3)", "day");
      if (sql.toLowerCase(Locale.ROOT).startsWith("select")) {
        compare("Q" + number, OracleQueriesTest.run(session, sql), oracle.query(theirs), sql);
      } else {
        oracle.execute(theirs);
        try (QueryHandle done = session.sql(sql)) {
          done.updatedRows();
        }
      }
    }
  }

  private static void compare(String name, Answer ours, Answer theirs, String sql) {
    List<Integer> keys = order(sql, ours.columns());
    if (keys.isEmpty()) {
      Answers.assertSameRows(name, ours, theirs);
    } else {
      boolean limited = sql.toLowerCase(Locale.ROOT).contains("\nlimit");
      Answers.assertSameOrder(name, ours, theirs, keys, limited);
    }
  }

  /// The columns of the final ORDER BY, which in TPC-H are names of the result.
  private static List<Integer> order(String sql, List<String> columns) {
    String lower = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    int at = lower.lastIndexOf("order by ");
    var keys = new ArrayList<Integer>();
    if (at < 0) {
      return keys;
    }
    for (String key : lower.substring(at + 9).replaceAll(" limit .*", "").split(",")) {
      int column = columns.indexOf(key.strip().split(" ")[0]);
      if (column < 0) {
        throw new IllegalStateException("ordered by something else: " + key);
      }
      keys.add(column);
    }
    return keys;
  }

  private static String text(int number) {
    try (InputStream in = TpchTest.class.getResourceAsStream("/tpch/q" + number + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
