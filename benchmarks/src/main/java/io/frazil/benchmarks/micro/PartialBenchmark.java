package io.frazil.benchmarks.micro;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
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
import org.openjdk.jmh.infra.Blackhole;

/// Writes partials to memory, all rows to one partition or each to one of many, and reads them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(PartialBenchmark.BATCHES * Data.ROWS)
public class PartialBenchmark {
  static final int BATCHES = 16;

  private static final int PARTITIONS = 16;

  /// What a row is made of.
  public enum Columns {
    /// Four integers of 64 bits.
    LONGS,
    /// Four decimals that fit 64 bits.
    DECIMALS,
    /// A sentence, and a word of a dictionary.
    TEXTS,
    /// One of each kind, a tenth of them null.
    NULLS;

    private List<DataType> types() {
      return switch (this) {
        case LONGS -> Collections.nCopies(4, Types.BIGINT);
        case DECIMALS -> Collections.nCopies(4, Data.MONEY);
        case TEXTS -> List.of(Types.VARCHAR, Types.VARCHAR);
        case NULLS -> List.of(Types.BIGINT, Types.DATE, Types.DOUBLE, Types.BOOLEAN);
      };
    }
  }

  @Param private Columns columns = Columns.LONGS;

  @Param private PartialWriter.Compression compression = PartialWriter.Compression.NONE;

  private final HeldObject store = new HeldObject();
  private final MemoryPool memory = new MemoryPool(1L << 30);
  private Schema schema = new Schema(List.of());
  private Batch batch = Batch.of(0);
  private final List<Batch> parts = new ArrayList<>();
  private byte[] object = {};
  private PartialManifest.Range range = new PartialManifest.Range(0, 0, 0);

  @Setup
  public void prepare() {
    var fields = new ArrayList<Field>();
    var vectors = new ArrayList<Vector>();
    List<DataType> types = columns.types();
    for (int i = 0; i < types.size(); i++) {
      DataType type = types.get(i);
      fields.add(new Field("c" + i, type, columns == Columns.NULLS));
      vectors.add(vector(type, i));
    }
    schema = new Schema(fields);
    batch = Batch.of(Data.ROWS, vectors);
    for (int part = 0; part < PARTITIONS; part++) {
      int[] rows = new int[Data.ROWS / PARTITIONS];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i * PARTITIONS + part;
      }
      parts.add(batch.select(rows, rows.length));
    }
    range = write(1).partitions().getFirst();
    object = store.bytes();
  }

  private Vector vector(DataType type, int number) {
    long[] validity = null;
    if (columns == Columns.NULLS) {
      validity = Bitmap.allSet(Data.ROWS);
      for (int row = number; row < Data.ROWS; row += 10) {
        Bitmap.clear(validity, row);
      }
    }
    return switch (type.physical()) {
      case LONG -> new LongVector(type, Data.longs(0, 1L << 24), Data.ROWS, validity);
      case INT -> new IntVector(type, Data.ints(0, 10_000), Data.ROWS, validity);
      case DOUBLE -> new DoubleVector(type, Data.doubles(), Data.ROWS, validity);
      case BOOLEAN -> new BooleanVector(type, flags(), Data.ROWS, validity);
      case STRING ->
          number == 0
              ? Data.text(Data.sentences())
              : new DictionaryVector(
                  Data.ints(0, 3), Data.text(List.of("AIR", "TRUCK", "SHIP")), Data.ROWS, null);
      case INT128 -> throw new IllegalArgumentException(type.text());
    };
  }

  private static byte[] flags() {
    int[] ints = Data.ints(0, 2);
    byte[] flags = new byte[ints.length];
    for (int i = 0; i < ints.length; i++) {
      flags[i] = (byte) ints[i];
    }
    return flags;
  }

  @Benchmark
  public PartialManifest writtenWhole() {
    return write(1);
  }

  @Benchmark
  public PartialManifest writtenDivided() {
    return write(PARTITIONS);
  }

  private PartialManifest write(int partitions) {
    try (var writer =
        new PartialWriter(store, "partial", "1", schema, partitions, compression, memory)) {
      for (int i = 0; i < BATCHES; i++) {
        if (partitions == 1) {
          writer.write(0, batch);
        } else {
          for (int part = 0; part < partitions; part++) {
            writer.write(part, parts.get(part));
          }
        }
      }
      return writer.commit();
    }
  }

  @Benchmark
  public void read(Blackhole hole) {
    var bytes =
        Channels.newChannel(
            new ByteArrayInputStream(object, (int) range.offset(), (int) range.length()));
    try (BatchReader reader =
        PartialReader.open("partial", bytes, range.length(), schema, memory)) {
      for (Batch next = reader.next(); next != null; next = reader.next()) {
        hole.consume(next);
      }
    }
  }
}
