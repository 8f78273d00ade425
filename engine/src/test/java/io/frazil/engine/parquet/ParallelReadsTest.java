package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.parquet.ChunkFetch.Wanted;
import io.frazil.engine.parquet.decode.ChunkRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several reads of one file at a time.
@Timeout(60)
class ParallelReadsTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message m { required int64 id; }");
  private static final int ROWS = 700_000;

  private final MemoryStore store = new MemoryStore();

  @BeforeEach
  void writeMoreThanOneReadTakes() {
    var random = new SplittableRandom(1);
    List<@Nullable Object[]> values = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      values.add(new Object[] {random.nextLong()});
    }
    store.put("f", TestFile.write(SCHEMA, values, b -> b));
    store.parallelReads = 4;
  }

  @AfterEach
  void nothingIsReadAnyMore() {
    assertThat(store.reading.get()).isZero();
  }

  @Test
  void aLargeRangeIsReadInPartsAndWhole() {
    byte[] bytes = store.bytes("f");
    ChunkFetch fetch = fetch(bytes);
    try (ParquetFile file = ParquetFile.open(store, "f")) {
      int before = store.reads.get();
      List<ChunkRange> ranges = fetch.read(file).get(0);
      assertThat(store.reads.get() - before).isEqualTo(fetch.reads(4)).isEqualTo(3);
      assertThat(fetch.reads(1)).isEqualTo(2);
      assertThat(ranges).hasSize(2);
      assertThat(read(ranges.get(0))).isEqualTo(Arrays.copyOfRange(bytes, 4, 1_000));
      assertThat(read(ranges.get(1)))
          .isEqualTo(Arrays.copyOfRange(bytes, 200_000, bytes.length - 100));
    }
  }

  @Test
  void aReadThatFailsFailsThemAll() {
    ChunkFetch fetch = fetch(store.bytes("f"));
    try (ParquetFile file = ParquetFile.open(store, "f")) {
      store.fail();
      assertThatThrownBy(() -> fetch.read(file)).hasMessage("'f' cannot be read: the wire is cut");
    }
  }

  @Test
  void anInterruptAbortsThemAll() throws InterruptedException {
    ChunkFetch fetch = fetch(store.bytes("f"));
    try (ParquetFile file = ParquetFile.open(store, "f")) {
      store.hang();
      var failure = new CompletableFuture<Throwable>();
      Thread reading =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  var _ = fetch.read(file);
                } catch (RuntimeException e) {
                  failure.complete(e);
                }
              });
      store.awaitReading();
      reading.interrupt();
      reading.join();
      assertThat(failure.join()).hasMessage("'f' was closed");
    }
  }

  /// A small range and one that takes two reads, too far apart for one request.
  private static ChunkFetch fetch(byte[] bytes) {
    return ChunkFetch.of(
        List.of(
            new Wanted(0, 4, 996, 0), new Wanted(0, 200_000, bytes.length - 100 - 200_000, 100)));
  }

  private static byte[] read(ChunkRange range) {
    return Arrays.copyOfRange(range.bytes(), range.offset(), range.offset() + range.length());
  }
}
