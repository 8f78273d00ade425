package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One source read by several drivers.
@Timeout(60)
class ParallelScanTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { required int64 id; required binary name (STRING); }");
  private static final int FILES = 3;
  private static final int ROWS = 20_000;

  private final MemoryStore store = new MemoryStore();
  private Scans scans = new Scans(store);

  @AfterEach
  void nothingIsHeldAnyMore() {
    assertThat(scans.memory.used()).isZero();
    assertThat(store.open.get()).isZero();
    assertThat(store.reading.get()).isZero();
  }

  private void write(
      String location, int from, int rows, UnaryOperator<TestFile.Builder> settings) {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (int i = from; i < from + rows; i++) {
      values.add(new Object[] {(long) i, Binary.fromString("name " + i % 1000)});
    }
    store.put(location, TestFile.write(SCHEMA, values, settings));
  }

  private void writeManyGroups() {
    for (int f = 0; f < FILES; f++) {
      write("f" + f, f * ROWS, ROWS, b -> b.withRowGroupSize(20_000L).withPageRowCountLimit(500));
    }
  }

  private ParquetSource source(String... locations) {
    List<ScanColumn> columns = Scans.columns(store, locations[0]);
    List<Split.Parquet> splits = new ArrayList<>();
    for (String location : locations) {
      splits.add(scans.split(location));
    }
    return scans.source(columns, List.of(0, 1), List.of(), splits);
  }

  private static List<Long> firstBatch(BatchReader reader) {
    Batch batch = reader.next();
    assert batch != null;
    List<List<@Nullable Object>> rows = new ArrayList<>();
    PlainFilter.addRows(batch, rows);
    return ids(rows);
  }

  /// Reads to the end; gives the ids, after checking that each has its own name.
  private static List<Long> drain(BatchReader reader) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      PlainFilter.addRows(batch, rows);
    }
    reader.close();
    return ids(rows);
  }

  private static List<Long> ids(List<List<@Nullable Object>> rows) {
    return rows.stream()
        .map(row -> {
          long id = Long.parseLong(String.valueOf(row.get(0)));
          assertThat(row.get(1)).isEqualTo("name " + id % 1000);
          return id;
        })
        .toList();
  }

  private static List<List<Long>> drainTogether(ParquetSource source, int drivers)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(drivers)) {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int i = 0; i < drivers; i++) {
        Callable<List<Long>> drain = () -> drain(source.open());
        running.add(threads.submit(drain));
      }
      List<List<Long>> found = new ArrayList<>();
      for (Future<List<Long>> driver : running) {
        found.add(driver.get());
      }
      return found;
    }
  }

  private static List<Long> sorted(List<List<Long>> found) {
    return found.stream().flatMap(List::stream).sorted().toList();
  }

  private static List<Long> upTo(int rows) {
    return LongStream.range(0, rows).boxed().toList();
  }

  @Test
  void aFileThatIsPlannedTwiceIsReadTwiceByOneTaskAsByTwo() {
    write("f0", 0, 100, b -> b);
    List<ScanColumn> columns = Scans.columns(store, "f0");
    Split.Parquet split = scans.split("f0");
    var apart = new ArrayList<List<@Nullable Object>>();
    for (int task = 0; task < 2; task++) {
      apart.addAll(scans.rows(columns, List.of(0), List.of(), List.of(split)));
    }

    List<List<@Nullable Object>> together =
        scans.rows(columns, List.of(0), List.of(), List.of(split, split));

    assertThat(together).hasSize(200).containsExactlyInAnyOrderElementsOf(apart);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyRowComesOutOnce(int drivers) throws InterruptedException, ExecutionException {
    writeManyGroups();
    scans = new Scans(store).threads(drivers);

    try (ParquetSource source = source("f0", "f1", "f2")) {
      assertThat(sorted(drainTogether(source, drivers))).isEqualTo(upTo(FILES * ROWS));
    }
    assertThat(scans.node().get(Counter.FILES)).isEqualTo(FILES);
  }

  @Test
  void readersTakeTheirMorselsInTurn() {
    writeManyGroups();
    try (ParquetSource source = source("f0", "f1", "f2")) {
      List<BatchReader> readers = IntStream.range(0, 3).mapToObj(_ -> source.open()).toList();
      List<List<Long>> found = new ArrayList<>();
      readers.forEach(reader -> found.add(firstBatch(reader)));
      readers.forEach(reader -> found.add(drain(reader)));

      assertThat(sorted(found)).isEqualTo(upTo(FILES * ROWS));
    }
  }

  @Test
  void whatOneDriverGivesUpTheOthersAreNotGivenTwice() {
    writeManyGroups();
    try (ParquetSource source = source("f0", "f1", "f2")) {
      BatchReader leaving = source.open();
      BatchReader staying = source.open();
      List<Long> first = firstBatch(leaving);
      leaving.close();
      leaving.close();
      assertThat(leaving.next()).isNull();
      List<Long> found = sorted(List.of(first, drain(staying)));

      // Lost is at most what the one that left had taken: two row groups.
      assertThat(new HashSet<>(found)).hasSameSizeAs(found);
      assertThat(found).hasSizeGreaterThan(FILES * ROWS - 5_000);
      assertThat(found.getLast()).isEqualTo(FILES * ROWS - 1L);
    }
  }

  @Test
  void whatNobodyReadIsReleasedWithTheSource() {
    writeManyGroups();
    ParquetSource source = source("f0", "f1", "f2");
    BatchReader reader = source.open();
    assertThat(reader.next()).isNotNull();
    source.close();
    reader.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void aLargeRowGroupIsSharedByItsPages(int drivers)
      throws InterruptedException, ExecutionException {
    int rows = 600_000;
    write("large", 0, rows, b -> b.withRowGroupSize(1L << 30).withPageRowCountLimit(7_001));
    scans = new Scans(store).threads(drivers);

    try (ParquetSource source = source("large")) {
      List<BatchReader> readers = List.of(source.open(), source.open());
      List<List<Long>> found = new ArrayList<>();
      readers.forEach(reader -> found.add(firstBatch(reader)));
      assertThat(found.get(1).getFirst()).isGreaterThan(rows / 3);
      found.addAll(drainTogether(source, drivers));
      readers.forEach(reader -> found.add(drain(reader)));

      assertThat(sorted(found)).isEqualTo(upTo(rows));
    }
    assertThat(scans.node().get(Counter.ROW_GROUPS)).isEqualTo(1);
  }

  @Test
  void stoppingAbortsWhatIsBeingRead() throws InterruptedException {
    writeManyGroups();
    ParquetSource source = source("f0", "f1", "f2");
    BatchReader reader = source.open();
    assertThat(reader.next()).isNotNull();
    store.hang();
    Thread stopping =
        Thread.ofPlatform()
            .start(() -> {
              store.awaitReading();
              scans.cancellation.cancel();
            });

    assertThatThrownBy(() -> drain(reader))
        .hasMessage("The query was cancelled")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.CANCELLED);

    stopping.join();
    reader.close();
    source.close();
  }

  @Test
  void aReadThatFailsFailsTheScan() {
    writeManyGroups();
    ParquetSource source = source("f0", "f1", "f2");
    BatchReader reader = source.open();
    assertThat(reader.next()).isNotNull();
    store.fail();

    assertThatThrownBy(() -> drain(reader)).hasMessage("'f0' cannot be read: the wire is cut");

    reader.close();
    source.close();
  }
}
