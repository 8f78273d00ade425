package io.frazil.oracle;

import io.frazil.cli.CliSession;
import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int PROCESSES = 2;
  private static final long WORKER_BYTES = 256L << 20;

  @TempDir private static Path folder;
  private static TpchOracle oracle;
  private static IcebergCatalog warehouse;

  @BeforeAll
  static void generate() {
    warehouse = LocalWarehouse.open(folder);
    new TpchGenerator(warehouse, LocalWarehouse.DEFAULT_SCHEMA, SCALE, OptionalInt.empty(), 2)
        .generate((table, done, total) -> {}, new Cancellation());
    oracle = TpchOracle.over(table -> folder.resolve("main/" + table + "/data/*.parquet"));
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
        .mapToObj(n ->
            DynamicTest.dynamicTest("Q" + n, () -> oracle.compare(n, new Session(open.session()))))
        .onClose(open::close);
  }

  private record Session(SqlSession session) implements TpchOracle.Engine {
    @Override
    public Answer query(String sql) {
      return OracleQueriesTest.run(session, sql);
    }

    @Override
    public void execute(String statement) {
      try (QueryHandle done = session.sql(statement)) {
        done.updatedRows();
      }
    }
  }
}
