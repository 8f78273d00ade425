package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Requests against a server that computes their signatures itself, from what it received.
@Timeout(60)
class SignaturesTest {
  private static final String REGION = "us-east-1";
  private static final String BUCKET = "bucket";
  private static final int PART = 8 << 20;

  @RegisterExtension
  private final S3ProxyExtension server =
      S3ProxyExtension.builder()
          .withCredentials(AuthenticationType.AWS_V4, "identity", "secret")
          .withBlobStoreProvider("transient-nio2")
          .build();

  private S3ObjectStore store;

  @BeforeEach
  void open() {
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(server.getUri())
            .region(Region.of(REGION))
            .forcePathStyle(true)
            .credentialsProvider(credentials("secret"))
            .build()) {
      s3.createBucket(b -> b.bucket(BUCKET));
    }
    store = store("secret");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with space and+plus and%25percent",
        "a=b&c~d*e'(f)!?#",
        "p=1/x;y,z:w@v$u",
        "äöü/ключ/鍵/🔑"
      })
  void keysOfAllCharactersAreSignedRight(String key) {
    String location = "s3://" + BUCKET + "/" + key;
    byte[] content = key.getBytes(StandardCharsets.UTF_8);
    assertThat(write(location, content, content.length)).isTrue();
    try (ObjectReader reader = store.open(location)) {
      byte[] read = new byte[content.length];
      reader.read(0, read, 0, read.length);
      assertThat(read).isEqualTo(content);
    }
    assertThat(store.list(location)).extracting(ObjectInfo::location).containsExactly(location);
    store.delete(location);
    assertThat(store.list(location)).isEmpty();
  }

  @Test
  void partsAreSignedRight() {
    String location = "s3://" + BUCKET + "/large object";
    assertThat(write(location, new byte[PART + 1], PART + 1)).isTrue();
    assertThat(store.head(location).size()).isEqualTo(PART + 1);
  }

  @Test
  void anotherSecretIsRefused() {
    try (S3ObjectStore stranger = store("guess")) {
      assertThatThrownBy(() -> stranger.head("s3://" + BUCKET + "/plain"))
          .hasFieldOrPropertyWithValue("code", ErrorCode.PERMISSION_DENIED);
    }
  }

  private boolean write(String location, byte[] content, int length) {
    try (ObjectWriter writer = store.create(location)) {
      writer.write(content, 0, length);
      return writer.commit();
    }
  }

  private S3ObjectStore store(String secret) {
    return new S3ObjectStore(
        S3Settings.of(REGION, Optional.of(server.getUri()), credentials(secret)));
  }

  private static StaticCredentialsProvider credentials(String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("identity", secret));
  }
}
