package io.frazil.benchmarks.micro;

import io.frazil.engine.parquet.ParquetSource;
import io.frazil.engine.parquet.ParquetTable;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.vector.BatchReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Reads a column of a file that is in the page cache, without compression: opening, fetching and
/// decoding, nothing else.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ColumnFile.ROWS)
public class ScanBenchmark {
  @Param private ColumnFile column = ColumnFile.PLAIN_LONG;

  private Path file = Path.of("");

  @Setup
  public void write() throws IOException {
    file = Files.createTempDirectory("frazil-benchmark").resolve("column.parquet");
    column.write(file);
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
    Files.delete(file.getParent());
  }

  @Benchmark
  public long scanned() throws IOException {
    var store = new LocalObjectStore();
    long size = Files.size(file);
    var scan =
        new TableScan(
            1,
            new TableReference(List.of("t"), null),
            ParquetTable.at(store, file.toString()).columns(),
            List.of(),
            List.of(0),
            null,
            List.of());
    var split = new Split.Parquet(file.toString(), 0, size, size, null, Map.of());
    try (var source =
            new ParquetSource(
                scan,
                List.of(split),
                Tasks.context(),
                new RuntimeFilters(),
                _ -> {
                  throw new AssertionError("there is no condition");
                });
        BatchReader reader = source.open()) {
      return Tasks.drain(reader);
    }
  }
}
