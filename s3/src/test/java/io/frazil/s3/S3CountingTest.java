package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.store.StoreRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds the count of requests against what a server was asked.
class S3CountingTest {
  private static final String AT = "s3://bucket/key";
  private static final String ETAG = "ETag: \"e1\"";

  private final StoreRequests requests = new StoreRequests();
  private ScriptedServer server;
  private S3ObjectStore whole;
  private ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    S3Settings usual =
        S3Settings.of(
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString()));
    whole = new S3ObjectStore(patient(usual));
    store = whole.counting(requests);
  }

  /// Without second requests for what is slow, which would count.
  private static S3Settings patient(S3Settings settings) {
    return new S3Settings(
        settings.region(),
        settings.endpoint(),
        settings.credentials(),
        settings.attempts(),
        settings.connectTimeout(),
        settings.silenceTimeout(),
        Duration.ofMinutes(1),
        settings.sockets(),
        settings.bufferBytes(),
        settings.partBytes());
  }

  @AfterEach
  void stop() throws IOException {
    whole.close();
    server.close();
  }

  @Test
  void eachTryOfAReadCounts() {
    server.then(503, "").then(200, "1234567", ETAG);
    assertThat(store.head(AT).size()).isEqualTo(7);
    assertCounts(2, 0);
  }

  @Test
  void openingAndReadingCount() {
    int size = S3ObjectStore.TAIL_BYTES + 10;
    server.then(
        206, "x".repeat(S3ObjectStore.TAIL_BYTES), ETAG, "Content-Range: bytes 10-/" + size);
    server.then(206, "12345", ETAG, "Content-Range: bytes 0-4/" + size);
    try (ObjectReader reader = store.open(AT)) {
      reader.read(0, new byte[5], 0, 5);
    }
    assertCounts(2, 0);
  }

  @Test
  void anObjectOfKnownSizeIsReadWithoutBeingAskedFor() {
    server.then(206, "12345", ETAG, "Content-Range: bytes 0-4/100");
    try (ObjectReader reader = store.open(AT, 100)) {
      reader.read(0, new byte[5], 0, 5);
    }
    assertCounts(1, 0);
    assertThat(server.requests().getFirst().header("If-Match")).isEmpty();
  }

  @Test
  void anObjectOfAnotherSizeThanWasToldIsNotRead() {
    server.then(206, "12345", ETAG, "Content-Range: bytes 0-4/99");
    try (ObjectReader reader = store.open(AT, 100)) {
      assertThatThrownBy(() -> reader.read(0, new byte[5], 0, 5))
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CHANGED))
          .hasMessage("'s3://bucket/key' is no longer the version it was");
    }
    assertCounts(1, 0);
  }

  @Test
  void writingCounts() {
    server.then(200, "", ETAG);
    try (ObjectWriter writer = store.create(AT)) {
      writer.write(new byte[] {1}, 0, 1);
      assertThat(writer.commit()).isTrue();
    }
    assertCounts(0, 1);
  }

  @Test
  void aListingCostsAsMuchAsWriting() {
    server.then(200, "<ListBucketResult></ListBucketResult>");
    assertThat(store.list("s3://bucket/")).isEmpty();
    assertCounts(0, 1);
  }

  /// A thousand and more queries of one caller are a page each time, not all of them.
  @Test
  void aPageOfAListingIsOneRequestForAsMuch() {
    server.then(
        200,
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<NextContinuationToken>t</NextContinuationToken>%s%s</ListBucketResult>"
                .formatted(listed("a/2"), listed("a/3")));
    assertThat(store.list("s3://bucket/a/", "s3://bucket/a/1", 2))
        .extracting(ObjectInfo::location)
        .containsExactly("s3://bucket/a/2", "s3://bucket/a/3");
    assertCounts(0, 1);
    assertThat(server.lines().getFirst())
        .contains("max-keys=2")
        .contains("start-after=a%2F1")
        .contains("prefix=a%2F");
  }

  private static String listed(String key) {
    return "<Contents><Key>%s</Key><Size>0</Size><ETag>\"e\"</ETag></Contents>".formatted(key);
  }

  @Test
  void deletingIsFree() {
    server.then(204, "");
    store.delete(AT);
    assertCounts(0, 0);
  }

  @Test
  void whatOthersAskIsTheirs() {
    server.then(200, "1234567", ETAG);
    assertThat(whole.head(AT).size()).isEqualTo(7);
    assertCounts(0, 0);
  }

  private void assertCounts(long gets, long puts) {
    assertThat(requests.gets()).isEqualTo(gets);
    assertThat(requests.puts()).isEqualTo(puts);
  }
}
