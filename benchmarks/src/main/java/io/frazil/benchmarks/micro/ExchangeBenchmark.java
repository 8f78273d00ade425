package io.frazil.benchmarks.micro;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.fragment.PartialSource;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One task reads all that some producers wrote for many partitions, as it does where those turned
/// out too small for a task each. Every request takes its time; one driver.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExchangeBenchmark {
  private static final int PRODUCERS = 16;
  private static final int ROWS = 64 * 64;
  private static final int COLUMNS = 4;
  private static final int READS_AT_A_TIME = 8;

  @Param({"1", "16", "64"})
  private int partitions = 1;

  @Param("30")
  private int requestMillis = 30;

  private final HeldObject held = new HeldObject();
  private Schema schema = new Schema(List.of());
  private List<PartialInput> inputs = List.of();
  private ObjectStore distant = held;

  @Setup
  public void prepare() {
    schema = new Schema(Collections.nCopies(COLUMNS, new Field("c", Types.BIGINT, false)));
    int rows = ROWS / partitions;
    Vector column = new LongVector(Types.BIGINT, Data.longs(0, 1L << 40), rows, null);
    Batch batch = Batch.of(rows, Collections.nCopies(COLUMNS, column));
    PartialManifest manifest;
    try (var writer =
        new PartialWriter(
            held, "partial", "1", schema, partitions, Compression.NONE, new MemoryPool(1 << 30))) {
      for (int i = 0; i < partitions; i++) {
        writer.write(i, batch);
      }
      manifest = writer.commit();
    }
    inputs = Collections.nCopies(PRODUCERS, new PartialInput.Stored(manifest));
    distant = new Distant(held.bytes(), requestMillis);
  }

  @Benchmark
  public long read() {
    TaskContext here = Tasks.context();
    var context =
        new TaskContext(
            distant,
            here.memory(),
            here.functions(),
            here.cancellation(),
            here.metrics(),
            here.threads());
    var node = new PhysicalPlan.StageInput(1, 0, schema);
    try (var source = new PartialSource(inputs, node, context);
        BatchReader reader = source.open()) {
      return Tasks.drain(reader);
    }
  }

  /// Has one object, behind a network.
  private record Distant(byte[] bytes, int requestMillis) implements ObjectStore {
    @Override
    public ObjectReader open(String location) {
      return new Reader(head(location), bytes, requestMillis);
    }

    @Override
    public ObjectInfo head(String location) {
      return new ObjectInfo(location, bytes.length, "1");
    }

    @Override
    public ObjectWriter create(String location) {
      throw new IllegalStateException("nobody writes " + location);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
      return List.of();
    }

    @Override
    public void delete(String location) {
      throw new IllegalStateException("nobody deletes " + location);
    }
  }

  private record Reader(ObjectInfo info, byte[] bytes, int requestMillis) implements ObjectReader {
    @Override
    public void read(long position, byte[] into, int offset, int length) {
      try {
        Thread.sleep(requestMillis);
      } catch (InterruptedException e) {
        throw new FrazilException(ErrorCode.CANCELLED, "interrupted", e);
      }
      System.arraycopy(bytes, (int) position, into, offset, length);
    }

    @Override
    public int parallelReads() {
      return READS_AT_A_TIME;
    }

    @Override
    public void close() {}
  }
}
