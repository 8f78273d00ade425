package io.frazil.benchmarks.micro;

import io.frazil.engine.kernel.Lookup;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Moves rows: out of dictionaries, to the front, to the end of a growing column.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class GatherBenchmark {
  private static final int ENTRIES = 1000;

  private final int[] all = Data.allRows();
  private final int[] ids = Data.ints(0, ENTRIES);
  private final int[] shuffled = Data.ints(0, Data.ROWS);
  private final long[] entries = Data.longs(0, 1L << 40);
  private final long[] out = new long[Data.ROWS];
  private final byte[] mask = new byte[Data.ROWS];
  private final int[] selected = new int[Data.ROWS];
  private final Vector longs = new LongVector(Types.BIGINT, entries, Data.ROWS, null);
  private final Vector texts = Data.text(Data.sentences());

  public GatherBenchmark() {
    for (int i = 0; i < Data.ROWS; i++) {
      mask[i] = (byte) (ids[i] & 1);
    }
  }

  @Benchmark
  public long[] dictionaryLongs() {
    Lookup.longs(entries, ids, all, Data.ROWS, out);
    return out;
  }

  @Benchmark
  public Vector gatheredLongs() {
    return Gather.gather(longs, shuffled, Data.ROWS);
  }

  @Benchmark
  public Vector gatheredTexts() {
    return Gather.gather(texts, shuffled, Data.ROWS);
  }

  @Benchmark
  public Vector copiedTexts() {
    return Gather.copy(texts, shuffled, Data.ROWS);
  }

  @Benchmark
  public ColumnBuffer appendedLongs() {
    ColumnBuffer buffer = ColumnBuffer.of(Types.BIGINT);
    buffer.append(longs, shuffled, Data.ROWS);
    return buffer;
  }

  @Benchmark
  public int maskToPositions() {
    return Selections.where(mask, all, Data.ROWS, selected);
  }
}
