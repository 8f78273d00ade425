package io.frazil.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ControlWatchTest {
  private static final Duration INTERVAL = Duration.ofMillis(1);
  private static final int LOOKS = 5;

  /// The object is there after a few looks that failed.
  private record Failing(ErrorCode code, AtomicInteger looks) implements ObjectStore {
    @Override
    public ObjectInfo head(String location) {
      if (looks.incrementAndGet() <= LOOKS) {
        throw new FrazilException(code, "a look that failed");
      }
      return new ObjectInfo(location, 2, "version");
    }

    @Override
    public ObjectReader open(String location) {
      throw new AssertionError();
    }

    @Override
    public ObjectWriter create(String location) {
      throw new AssertionError();
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
      throw new AssertionError();
    }

    @Override
    public void delete(String location) {
      throw new AssertionError();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverElseTheStoreSaysTheObjectIsLookedForAgain(ErrorCode code) {
    var store = new Failing(code, new AtomicInteger());
    var stopped = new CompletableFuture<Integer>();
    var doubts = new ConcurrentLinkedQueue<FrazilException>();
    try (var _ =
        new ControlWatch(
            store, "control", INTERVAL, () -> stopped.complete(store.looks.get()), doubts::add)) {
      assertThat(stopped.join()).isEqualTo(LOOKS + 1);
    }
    assertThat(doubts).hasSize(code == ErrorCode.FILE_NOT_FOUND ? 0 : 1);
  }
}
