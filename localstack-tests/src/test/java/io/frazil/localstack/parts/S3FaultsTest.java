package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.s3.S3ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects on an S3 that is busy, slow, and loses connections: each operation is right, or fails as
/// one that may be tried again.
@OnLocalStack
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class S3FaultsTest {
  private static final int OBJECTS = 12;
  private static final int ATTEMPTS = 12;

  private final LocalStack stack;

  S3FaultsTest(LocalStack stack) {
    this.stack = stack;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsCommittedIsReadWhateverHappens(long seed) throws IOException {
    String folder = "s3://" + Buckets.create(stack) + "/faults/";
    var random = new Random(seed);
    try (var proxy = new FaultProxy(stack.endpoint(), FaultProxy.Faults.seeded(seed));
        var store = new S3ObjectStore(Buckets.settings(proxy.endpoint()).withAttempts(ATTEMPTS))) {
      for (int i = 0; i < OBJECTS; i++) {
        byte[] content = new byte[random.nextInt(300_000)];
        random.nextBytes(content);
        String location = folder + i;
        assertThat(write(store, location, content)).as("seed %d, %s", seed, location).isTrue();
        assertThat(write(store, location, new byte[1])).isFalse();
        assertThat(Arrays.equals(read(store, location), content))
            .as("seed %d, %s", seed, location)
            .isTrue();
      }
      assertThat(store.list(folder)).hasSize(OBJECTS);
      assertThat(proxy.faulty()).isGreaterThan(OBJECTS);
    }
  }

  @Test
  void ofALargeObjectOneCopyIsCommittedWhateverHappens() throws IOException {
    String location = "s3://" + Buckets.create(stack) + "/large";
    byte[] content = new byte[(8 << 20) + 17];
    new Random(7).nextBytes(content);
    try (var proxy = new FaultProxy(stack.endpoint(), FaultProxy.Faults.seeded(7));
        var store = new S3ObjectStore(Buckets.settings(proxy.endpoint()).withAttempts(ATTEMPTS))) {
      assertThat(write(store, location, content)).isTrue();
      assertThat(write(store, location, content)).isFalse();
      assertThat(Arrays.equals(read(store, location), content)).isTrue();
    }
  }

  @Test
  void aStoreThatNeverAnswersIsGivenUpAsUnavailable() throws IOException {
    String location = "s3://" + Buckets.create(stack) + "/a";
    try (var proxy = new FaultProxy(stack.endpoint(), _ -> FaultProxy.Fault.RESET);
        var store = new S3ObjectStore(Buckets.settings(proxy.endpoint()).withAttempts(2))) {
      try {
        store.open(location).close();
        throw new AssertionError("it was opened");
      } catch (FrazilException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
      }
    }
  }

  private static boolean write(S3ObjectStore store, String location, byte[] content) {
    try (ObjectWriter writer = store.create(location)) {
      writer.write(content, 0, content.length);
      return writer.commit();
    }
  }

  private static byte[] read(S3ObjectStore store, String location) {
    try (ObjectReader reader = store.open(location)) {
      byte[] bytes = new byte[(int) reader.info().size()];
      reader.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }
}
