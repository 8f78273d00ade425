package io.frazil.benchmarks.micro;

import io.frazil.engine.kernel.Compare;
import io.frazil.engine.kernel.Keys;
import io.frazil.engine.kernel.RangeSelect;
import io.frazil.engine.kernel.Text;
import io.frazil.engine.vector.StringVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/// Conditions that find the positions of the rows where they hold.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class SelectionBenchmark {
  /// How many rows of a hundred pass.
  @Param({"1", "50"})
  private int percent;

  private final int[] all = Data.allRows();
  private final int[] out = new int[Data.ROWS];
  private final int[] ints = Data.ints(0, 100);
  private final long[] longs = Data.longs(0, 100);
  private final double[] doubles = Data.random().doubles(Data.ROWS, 0, 100).toArray();
  private final StringVector texts = Data.text(Data.sentences());
  private StringVector otherTexts = texts;
  private int[] intBounds = {};
  private long[] longBounds = {};

  @Setup
  public void bounds() {
    intBounds = Data.ints(percent, percent + 1);
    longBounds = Data.longs(percent, percent + 1);
    List<String> shuffled = new ArrayList<>(Data.sentences());
    Collections.shuffle(shuffled, Data.random());
    otherTexts = Data.text(shuffled);
  }

  @Benchmark
  public int intsLess() {
    return Compare.less(ints, intBounds, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int longsLess() {
    return Compare.less(longs, longBounds, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int longsEqual() {
    return Compare.equal(longs, longBounds, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int plainLongsLess() {
    int n = 0;
    for (int i = 0; i < Data.ROWS; i++) {
      if (longs[i] < longBounds[i]) {
        out[n++] = i;
      }
    }
    return n;
  }

  @Benchmark
  public int longsInRange() {
    return RangeSelect.longs(longs, 0, percent - 1, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int plainLongsInRange() {
    int n = 0;
    for (int i = 0; i < Data.ROWS; i++) {
      if (longs[i] >= 0 && longs[i] < percent) {
        out[n++] = i;
      }
    }
    return n;
  }

  @Benchmark
  public int doublesInRange() {
    return RangeSelect.doubles(
        doubles, Keys.of(0.0), Keys.of((double) percent), 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int textsEqual() {
    return Compare.equal(texts, otherTexts, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int textsLess() {
    return Compare.less(texts, otherTexts, 1, all, Data.ROWS, out);
  }

  @Benchmark
  public int plainTextsLess() {
    int n = 0;
    for (int i = 0; i < Data.ROWS; i++) {
      if (Text.compare(texts, i, otherTexts, i) < 0) {
        out[n++] = i;
      }
    }
    return n;
  }
}
