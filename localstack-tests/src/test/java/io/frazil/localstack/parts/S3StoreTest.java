package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStoreContract;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.s3.S3ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract of stores, and what S3 adds to it.
@OnLocalStack
@Execution(ExecutionMode.CONCURRENT)
final class S3StoreTest extends ObjectStoreContract {
  private static final int PART = 8 << 20;

  private final LocalStack stack;
  private final S3ObjectStore store;
  private final S3Client s3;
  private String bucket = "";

  S3StoreTest(LocalStack stack) {
    this.stack = stack;
    this.store = Buckets.store(stack.endpoint());
    this.s3 = Buckets.client(stack);
  }

  @BeforeEach
  void createBucket() {
    bucket = Buckets.create(stack);
  }

  @AfterEach
  void close() {
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    s3.close();
    store.close();
  }

  @Override
  protected S3ObjectStore store() {
    return store;
  }

  @Override
  protected String location(String name) {
    return "s3://" + bucket + "/test/" + name;
  }

  @Test
  void aLargeObjectIsWrittenInParts() {
    byte[] content = random(2 * PART + 12_345);
    assertThat(write("a", content)).isTrue();

    assertThat(s3.headObject(b -> b.bucket(bucket).key("test/a")).eTag()).endsWith("-3\"");
    byte[] read = s3.getObjectAsBytes(b -> b.bucket(bucket).key("test/a")).asByteArrayUnsafe();
    assertThat(Arrays.equals(read, content)).isTrue();
  }

  @Test
  void aLargeObjectIsReadByRanges() {
    byte[] content = random(3 << 20);
    write("a", content);
    try (ObjectReader reader = store.open(location("a"))) {
      for (int position : new int[] {0, 1, 1 << 20, content.length - (80 << 10)}) {
        byte[] into = new byte[content.length - position];
        reader.read(position, into, 0, into.length);
        assertThat(Arrays.equals(into, Arrays.copyOfRange(content, position, content.length)))
            .as("from %d", position)
            .isTrue();
      }
    }
  }

  @Test
  void ofTwoUploadsInPartsTheFirstToCompleteWins() {
    byte[] content = random(PART + 1);
    try (ObjectWriter first = store.create(location("a"));
        ObjectWriter second = store.create(location("a"))) {
      first.write(content, 0, content.length);
      second.write(content, 0, content.length);
      assertThat(second.commit()).isTrue();
      assertThat(first.commit()).isFalse();
    }
    assertThat(store.head(location("a")).size()).isEqualTo(content.length);
  }

  @Test
  void partsNotCommittedAreThrownAway() {
    try (ObjectWriter writer = store.create(location("a"))) {
      writer.write(new byte[PART + 1], 0, PART + 1);
      assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).hasSize(1);
    }
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
  }

  @Test
  void aReaderOfAReplacedObjectFails() {
    write("a", new byte[200_000]);
    try (ObjectReader reader = store.open(location("a"))) {
      s3.putObject(b -> b.bucket(bucket).key("test/a"), RequestBody.fromBytes(new byte[200_001]));
      assertThatThrownBy(() -> reader.read(0, new byte[10], 0, 10))
          .hasMessage("'" + location("a") + "' is no longer the version it was");
      assertFails(ErrorCode.FILE_CHANGED, () -> reader.read(0, new byte[10], 0, 10));
    }
  }

  @Test
  void theLatestVersionCanBeReplacedAndNoOther() {
    write("state", "1".getBytes(StandardCharsets.UTF_8));
    ObjectInfo first = store.head(location("state"));

    ObjectInfo second = store.replace(first, "2!".getBytes(StandardCharsets.UTF_8)).orElseThrow();
    assertThat(second).isEqualTo(store.head(location("state")));
    assertThat(store.replace(first, new byte[3])).isEmpty();
    assertThat(store.head(location("state")).size()).isEqualTo(2);

    store.delete(location("state"));
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store.replace(second, new byte[3]));
  }

  @Test
  void listingsOfManyPagesAreWhole() {
    int count = 1_100;
    IntStream.range(0, count)
        .parallel()
        .forEach(i ->
            s3.putObject(
                b -> b.bucket(bucket).key("test/many/%04d".formatted(i)),
                RequestBody.fromBytes(new byte[i % 7])));
    assertThat(store.list(location("many/")))
        .hasSize(count)
        .isSortedAccordingTo(java.util.Comparator.comparing(ObjectInfo::location));

    write("other", new byte[1]);
    store.deleteAll(location("many/"));
    assertThat(store.list(location("")))
        .extracting(ObjectInfo::location)
        .containsExactly(location("other"));
  }

  @Test
  void keysOfAllKindsComeBack() {
    for (String name :
        new String[] {"a+b", "a&b<c>", "q?x=1#f", "é/ü ö", "\uD83E\uDDCA", "a'\"b", "%2F"}) {
      assertThat(write(name, new byte[1])).as(name).isTrue();
      assertThat(store.list(location(name)))
          .extracting(ObjectInfo::location)
          .containsExactly(location(name));
      try (ObjectReader reader = store.open(location(name))) {
        assertThat(reader.info().size()).isEqualTo(1);
      }
      assertThat(s3.headObject(b -> b.bucket(bucket).key("test/" + name)).contentLength())
          .isEqualTo(1);
    }
    store.deleteAll(location(""));
    assertThat(store.list(location(""))).isEmpty();
  }

  @Test
  void anotherBucketIsNamed() {
    String location = "s3://frazil-no-such-bucket/a";
    assertThatThrownBy(() -> store.open(location))
        .hasMessage("'%s' cannot be read: there is no bucket 'frazil-no-such-bucket'", location);
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> store.list("s3://frazil-no-such-bucket/"));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
