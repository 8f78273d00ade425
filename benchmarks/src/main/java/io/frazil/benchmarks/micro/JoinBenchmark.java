package io.frazil.benchmarks.micro;

import io.frazil.engine.exec.join.JoinBuild;
import io.frazil.engine.exec.join.JoinProbe;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/// An inner join on one thread: its build side with every key once, its probe side of which every
/// second row finds one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JoinBenchmark {
  private static final int PROBED = 1 << 20;

  @Param({"INT", "LONG", "TEXT"})
  private KeyKind kind = KeyKind.LONG;

  @Param private Size rows = Size.SMALL;

  /// Of the build side.
  public enum Size {
    SMALL(1 << 10),
    MIDDLE(1 << 17),
    LARGE(1 << 20);

    private final int rows;

    Size(int rows) {
      this.rows = rows;
    }
  }

  private final List<Batch> buildSide = new ArrayList<>();
  private final List<Batch> probeSide = new ArrayList<>();
  private KeyColumns keys = new KeyColumns(KeyKind.LONG);
  private JoinBuild built = newBuild();

  @Setup(Level.Trial)
  public void make() {
    keys = new KeyColumns(kind);
    int step = Math.min(Data.ROWS, rows.rows);
    for (int from = 0; from < rows.rows; from += step) {
      // Every third number, so that ints aren't dense.
      int[] numbers = IntStream.range(from, from + step).map(i -> i * 3).toArray();
      buildSide.add(Batch.of(step, keys.vectors(numbers, 3 * rows.rows)));
    }
    var random = Data.random();
    for (int from = 0; from < PROBED; from += Data.ROWS) {
      int[] numbers =
          random.ints(Data.ROWS, 0, 2 * rows.rows).map(i -> i / 2 * 3 + (i & 1)).toArray();
      probeSide.add(Batch.of(Data.ROWS, keys.vectors(numbers, 3 * rows.rows)));
    }
    built = build();
  }

  @TearDown(Level.Trial)
  public void close() {
    built.close();
  }

  private JoinBuild newBuild() {
    PhysicalPlan side = new PhysicalPlan.Values(1, keys.schema(), List.of());
    List<Integer> leading = Tasks.leading(keys.width());
    List<Integer> outputs = Tasks.leading(2 * keys.width());
    var join =
        new PhysicalPlan.HashJoin(
            3, side, side, JoinType.INNER, leading, leading, null, outputs, List.of());
    return new JoinBuild(join, Tasks.context(), new RuntimeFilters());
  }

  private JoinBuild build() {
    JoinBuild build = newBuild();
    Tasks.fill(build, buildSide);
    return build;
  }

  /// As many build sides as make a million rows.
  @Benchmark
  @OperationsPerInvocation(PROBED)
  public void built() {
    for (int i = 0; i < PROBED / rows.rows; i++) {
      build().close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(PROBED)
  public long probe() {
    try (BatchReader reader =
        new JoinProbe(built, null).open(new Tasks.ListReader(probeSide.iterator()))) {
      return Tasks.drain(reader);
    }
  }
}
