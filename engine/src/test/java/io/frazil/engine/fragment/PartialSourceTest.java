package io.frazil.engine.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PartialSourceTest {
  private static final Schema SCHEMA = Schema.of(new Field("n", Types.BIGINT, false));
  private static final PhysicalPlan.StageInput NODE = new PhysicalPlan.StageInput(3, 0, SCHEMA);
  private static final int PRODUCERS = 40;

  private final MemoryPool memory = new MemoryPool(64 << 20);
  private final Cancellation cancellation = new Cancellation();
  private final TaskMetrics metrics = new TaskMetrics();

  @TempDir private Path folder;

  private DistantStore distant;

  @BeforeEach
  void open() {
    distant = new DistantStore(new LocalObjectStore());
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(memory.used()).isZero();
    assertThat(distant.open.get()).isZero();
    assertThat(distant.reading.get()).isZero();
  }

  @Test
  void allRowsComeOutOfReadersThatShareThem() throws InterruptedException {
    List<PartialInput> inputs = producers(PRODUCERS, 100);
    var rows = new ArrayList<Long>();
    try (var source = source(distant, inputs, memory)) {
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  List<Long> some = rows(source);
                  synchronized (rows) {
                    rows.addAll(some);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 100 * PRODUCERS).boxed().toList());
    assertThat(distant.reads.get()).isEqualTo(PRODUCERS);
    assertThat(metrics.node(NODE.id()).get(Counter.READ_REQUESTS)).isEqualTo(PRODUCERS);
  }

  @Test
  void whatOneTaskWroteComesInItsOrderToOneReader() {
    try (var one = source(distant, producers(1, 20_000), memory);
        var none = source(distant, List.of(), memory);
        var several = source(distant, producers(2, 1), memory)) {
      assertThat(one.maxReaders()).isEqualTo(1);
      assertThat(rows(one)).containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
      assertThat(none.maxReaders()).isEqualTo(1);
      assertThat(several.maxReaders()).isGreaterThan(1);
    }
  }

  @Test
  void oneReaderHasSeveralProducersReadAtATime() {
    List<PartialInput> inputs = producers(PRODUCERS, 100);
    distant.hold();
    distant.waiting = new CountDownLatch(16);
    try (var source = source(distant, inputs, memory)) {
      var rows = CompletableFuture.supplyAsync(() -> rows(source));
      await(distant.waiting);
      assertThat(distant.reading.get()).isEqualTo(16);
      distant.passes.release(PRODUCERS);
      assertThat(rows.join()).hasSize(100 * PRODUCERS);
    }
    assertThat(distant.most.get()).isEqualTo(16);
  }

  @Test
  void aLargePartitionIsReadByRangesSeveralAtATime() {
    int rows = 3_000_000;
    List<PartialInput> inputs = producers(1, rows);
    distant.hold();
    distant.waiting = new CountDownLatch(4);
    try (var source = source(distant, inputs, new MemoryPool(1 << 30))) {
      var sum = CompletableFuture.supplyAsync(() -> sum(source));
      await(distant.waiting);
      distant.passes.release(100);
      assertThat(sum.join()).isEqualTo((long) rows * (rows - 1) / 2);
    }
    assertThat(distant.reads.get()).isEqualTo(6);
  }

  /// Partition 2 is empty, 5 is large.
  @Test
  void smallPartitionsThatLieNextToEachOtherAreReadByOneRequest() {
    int large = 250_000;
    PartialManifest all = manifest(0, 100, 100, 0, 100, 100, large, 100, 100);
    try (var source = source(distant, List.of(new PartialInput.Stored(all)), memory)) {
      assertThat(rows(source)).hasSize(600 + large);
    }
    assertThat(all.partitions().get(5).length()).isBetween(1L << 20, 4L << 20);
    assertThat(distant.reads.get()).isEqualTo(3);
  }

  @Test
  void partitionsWithOthersBetweenThemAreReadByThemselves() {
    PartialManifest all = manifest(0, 100, 200, 400);
    List<PartialInput> inputs =
        List.of(
            new PartialInput.Stored(PartialInput.partition(all, 0)),
            new PartialInput.Stored(
                new PartialManifest(
                    all.location(),
                    all.attempt(),
                    all.bytes(),
                    List.of(all.partitions().getLast(), all.partitions().getFirst()))));
    try (var source = source(distant, inputs, memory)) {
      assertThat(rows(source)).hasSize(100 + 400 + 100);
    }
    assertThat(distant.reads.get()).isEqualTo(3);
  }

  @Test
  void whereMemoryIsShortNothingIsReadAhead() {
    List<PartialInput> inputs = producers(PRODUCERS, 1_000);
    var small = new MemoryPool(1 << 20);
    try (Reservation others = small.reservation("others")) {
      others.grow((1 << 20) - (50 << 10));
      try (var source = source(distant, inputs, small)) {
        assertThat(rows(source)).hasSize(1_000 * PRODUCERS);
      }
    }
    assertThat(distant.most.get()).isEqualTo(1);
    assertThat(small.used()).isZero();
  }

  @Test
  void whatIsReadAheadIsAnEighthOfTheMemoryAtMost() {
    List<PartialInput> inputs = producers(PRODUCERS, 1_000);
    var small = new MemoryPool(400 << 10);
    distant.hold();
    distant.waiting = new CountDownLatch(3);
    try (var source = source(distant, inputs, small)) {
      var rows = CompletableFuture.supplyAsync(() -> rows(source));
      await(distant.waiting);
      // A partition has some 8 KiB, and the first comes whatever the rest.
      assertThat(distant.reading.get()).isBetween(3, 7);
      assertThat(small.used()).isLessThan(60 << 10);
      distant.passes.release(PRODUCERS);
      assertThat(rows.join()).hasSize(1_000 * PRODUCERS);
    }
    assertThat(small.used()).isZero();
  }

  @Test
  void aReadThatFailsFailsWhoWaitsForIt() {
    List<PartialInput> inputs = producers(PRODUCERS, 100);
    distant.broken = "/7.arrow";
    try (var source = source(distant, inputs, memory)) {
      assertThatThrownBy(() -> rows(source)).hasMessage("the wire is cut");
    }
  }

  @Test
  void stoppingAbortsWhatIsOnItsWay() {
    List<PartialInput> inputs = producers(PRODUCERS, 100);
    distant.hold();
    try (var source = source(distant, inputs, memory)) {
      var rows = CompletableFuture.supplyAsync(() -> rows(source));
      await(distant.waiting);
      cancellation.stop(new FrazilException(ErrorCode.TIME_LIMIT, "too late"));
      assertThatThrownBy(rows::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .hasMessage("too late");
    }
  }

  @Test
  void whoHasEnoughClosesWhatIsStillRead() {
    List<PartialInput> inputs = producers(PRODUCERS, 100);
    try (var source = source(distant, inputs, memory)) {
      try (BatchReader reader = source.open()) {
        assertThat(reader.next()).isNotNull();
        distant.hold();
      }
    }
    assertThat(distant.reads.get()).isLessThan(PRODUCERS);
  }

  @Test
  void aStoreOfThisMachineIsReadByTheDriver() {
    distant.parallelReads = 1;
    try (var source = source(distant, producers(PRODUCERS, 100), memory)) {
      assertThat(rows(source)).hasSize(100 * PRODUCERS);
    }
    assertThat(distant.most.get()).isEqualTo(1);
    assertThat(distant.readers).containsExactly(Thread.currentThread());
  }

  private static long sum(PartialSource source) {
    long sum = 0;
    try (BatchReader reader = source.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        sum += Arrays.stream(((LongVector) batch.column(0)).values(), 0, batch.length()).sum();
      }
    }
    return sum;
  }

  private static List<Long> rows(PartialSource source) {
    var rows = new ArrayList<Long>();
    try (BatchReader reader = source.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        long[] values = ((LongVector) batch.column(0)).values();
        Arrays.stream(values, 0, batch.length()).forEach(rows::add);
      }
    }
    return rows;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private PartialSource source(ObjectStore store, List<PartialInput> inputs, MemoryPool pool) {
    var context = new TaskContext(store, pool, FunctionRegistry.empty(), cancellation, metrics, 1);
    return new PartialSource(inputs, NODE, context);
  }

  /// Partials of one partition, numbered rows in each.
  private List<PartialInput> producers(int count, int rows) {
    var inputs = new ArrayList<PartialInput>();
    for (int producer = 0; producer < count; producer++) {
      inputs.add(new PartialInput.Stored(manifest(producer, rows)));
    }
    return inputs;
  }

  /// Of a partial with numbers that follow each other, and no other has of as many rows.
  ///
  /// @param rows of each partition
  private PartialManifest manifest(int producer, int... rows) {
    try (var writer =
        new PartialWriter(
            new LocalObjectStore(),
            folder + "/" + producer + ".arrow",
            "1",
            SCHEMA,
            rows.length,
            PartialWriter.Compression.NONE,
            new MemoryPool(1 << 30))) {
      long next = (long) producer * IntStream.of(rows).sum();
      for (int partition = 0; partition < rows.length; partition++) {
        long end = next + rows[partition];
        while (next < end) {
          int length = (int) Math.min(Batch.MAX_ROWS, end - next);
          long[] values = LongStream.range(next, next + length).toArray();
          writer.write(
              partition, Batch.of(length, new LongVector(Types.BIGINT, values, length, null)));
          next += length;
        }
      }
      return writer.commit();
    }
  }
}
