package io.frazil.benchmarks.micro;

import io.frazil.engine.hash.RowHash;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
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
import org.openjdk.jmh.annotations.Warmup;

/// The hashes of a batch's keys.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class RowHashBenchmark {
  @Param private KeyKind keys = KeyKind.LONG;

  private static final int GROUPS = 1000;

  private final long[] out = new long[Data.ROWS];
  private final Rows rows = Rows.all(Data.ROWS);
  private Vector[] columns = {};
  private RowHash hash = new RowHash(1);

  @Setup
  public void make() {
    columns = new KeyColumns(keys).vectors(Data.ints(0, GROUPS), GROUPS);
    hash = new RowHash(columns.length);
  }

  @Benchmark
  public long[] rowHash() {
    hash.hash(columns, rows, out);
    return out;
  }
}
