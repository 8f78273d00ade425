package io.frazil.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [ObjectStore] has to do. A store's own test extends this and says where to write.
public abstract class ObjectStoreContract {
  protected abstract ObjectStore store();

  /// A location under a fresh, empty prefix of this test, for a relative name.
  protected abstract String location(String name);

  @Test
  void whatIsWrittenIsRead() {
    byte[] content = bytes(300_000);
    assertThat(write("a", content)).isTrue();

    try (ObjectReader reader = store().open(location("a"))) {
      assertThat(reader.info().size()).isEqualTo(content.length);
      assertThat(reader.info()).isEqualTo(store().head(location("a")));
      byte[] read = new byte[content.length];
      reader.read(0, read, 0, read.length);
      assertThat(read).isEqualTo(content);
    }
  }

  @Test
  void aRangeIsReadIntoTheMiddleOfAnArray() {
    write("a", "0123456789".getBytes(StandardCharsets.UTF_8));
    try (ObjectReader reader = store().open(location("a"))) {
      byte[] into = "..........".getBytes(StandardCharsets.UTF_8);
      reader.read(3, into, 2, 4);
      assertThat(new String(into, StandardCharsets.UTF_8)).isEqualTo("..3456....");
      reader.read(10, into, 0, 0);
    }
  }

  @Test
  void aWritersPositionCounts() {
    try (ObjectWriter writer = store().create(location("a"))) {
      assertThat(writer.position()).isZero();
      writer.write(new byte[10], 2, 7);
      assertThat(writer.position()).isEqualTo(7);
      assertThat(writer.commit()).isTrue();
    }
    assertThat(store().head(location("a")).size()).isEqualTo(7);
  }

  @Test
  void anEmptyObjectExists() {
    assertThat(write("a", new byte[0])).isTrue();
    assertThat(store().head(location("a")).size()).isZero();
  }

  @Test
  void readingBehindTheEndIsCorruption() {
    write("a", new byte[10]);
    try (ObjectReader reader = store().open(location("a"))) {
      assertFails(ErrorCode.FILE_CORRUPT, () -> reader.read(8, new byte[3], 0, 3));
      assertFails(ErrorCode.FILE_CORRUPT, () -> reader.read(11, new byte[1], 0, 1));
    }
  }

  @Test
  void missingObjectsAreNotFound() {
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store().open(location("none")));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store().head(location("none/of/these")));
  }

  @Test
  void anObjectExistsOnlyOnceItIsCommitted() {
    try (ObjectWriter writer = store().create(location("a"))) {
      writer.write(new byte[100], 0, 100);
      assertFails(ErrorCode.FILE_NOT_FOUND, () -> store().head(location("a")));
      assertThat(store().list(location(""))).isEmpty();
    }
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store().head(location("a")));
    assertThat(store().list(location(""))).isEmpty();
  }

  @Test
  void theFirstCommitWins() {
    try (ObjectWriter first = store().create(location("a"));
        ObjectWriter second = store().create(location("a"))) {
      first.write(new byte[1], 0, 1);
      second.write(new byte[2], 0, 2);
      assertThat(second.commit()).isTrue();
      assertThat(first.commit()).isFalse();
    }
    assertThat(store().head(location("a")).size()).isEqualTo(2);
    assertThat(write("a", new byte[3])).isFalse();
    assertThat(store().head(location("a")).size()).isEqualTo(2);
  }

  @Test
  void ofManyRacingCommitsOneWins() throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> writers =
          IntStream.rangeClosed(1, 8)
              .mapToObj(size ->
                  (Callable<Integer>)
                      () -> {
                        start.await();
                        return write("a", new byte[size]) ? size : 0;
                      })
              .toList();
      List<Future<Integer>> results = writers.stream().map(threads::submit).toList();
      start.countDown();
      int winner = 0;
      int winners = 0;
      for (Future<Integer> result : results) {
        winner += result.get();
        winners += result.get() > 0 ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(store().head(location("a")).size()).isEqualTo(winner);
    }
  }

  @Test
  void manyThreadsReadOneReader() throws Exception {
    byte[] content = bytes(1 << 16);
    write("a", content);
    try (ObjectReader reader = store().open(location("a"));
        var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> reads =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(seed -> threads.submit(() -> readRanges(reader, content, seed)))
              .toList();
      for (Future<?> read : reads) {
        read.get();
      }
    }
  }

  @Test
  void listingIsRecursiveAndInOrder() {
    List<String> names = List.of("b/2", "a", "b/10", "b/c/1", "bb", "b-x");
    names.forEach(name -> write(name, new byte[name.length()]));

    assertThat(store().list(location("")).stream().map(ObjectInfo::location))
        .containsExactlyElementsOf(names.stream().map(this::location).sorted().toList());
    assertThat(store().list(location("b/")).stream().map(ObjectInfo::location))
        .containsExactly(location("b/10"), location("b/2"), location("b/c/1"));
    assertThat(store().list(location("bb"))).containsExactly(store().head(location("bb")));
    assertThat(store().list(location("b")).size()).isEqualTo(5);
    assertThat(store().list(location("nothing/"))).isEmpty();
  }

  @Test
  void aListComesByPages() {
    List<String> names = List.of("b/1", "b/2", "b/3", "b/4/5", "c");
    names.forEach(name -> write(name, new byte[1]));
    String folder = location("b/");
    assertThat(store().list(folder, "", 2)).isEqualTo(store().list(folder).subList(0, 2));
    assertThat(store().list(folder, location("b/2"), 2))
        .isEqualTo(store().list(folder).subList(2, 4));
    assertThat(store().list(folder, location("b/22"), 9)).hasSize(2);
    assertThat(store().list(folder, location("b/4/5"), 9)).isEmpty();
    assertThat(store().list(location("nothing/"), "", 9)).isEmpty();
  }

  @Test
  void theVersionChangesWithTheContent() {
    write("a", new byte[1]);
    String version = store().head(location("a")).version();
    store().delete(location("a"));
    write("a", new byte[2]);
    assertThat(store().head(location("a")).version()).isNotEqualTo(version);
  }

  @Test
  void deletingTwiceIsNoError() {
    write("a", new byte[1]);
    store().delete(location("a"));
    store().delete(location("a"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store().head(location("a")));
  }

  @Test
  void namesWithSpacesAndPercentSignsAreTakenAsTheyStand() {
    write("a b/c%20d=ü", new byte[4]);
    assertThat(store().head(location("a b/c%20d=ü")).size()).isEqualTo(4);
    assertThat(store().list(location("a b/")).getFirst().location())
        .isEqualTo(location("a b/c%20d=ü"));
  }

  protected final boolean write(String name, byte[] content) {
    try (ObjectWriter writer = store().create(location(name))) {
      writer.write(content, 0, content.length);
      return writer.commit();
    }
  }

  protected static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static void readRanges(ObjectReader reader, byte[] content, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 200; i++) {
      int position = random.nextInt(content.length);
      int length = random.nextInt(content.length - position);
      byte[] into = new byte[length];
      reader.read(position, into, 0, length);
      assertThat(into)
          .as("seed %d", seed)
          .isEqualTo(java.util.Arrays.copyOfRange(content, position, position + length));
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }
}
