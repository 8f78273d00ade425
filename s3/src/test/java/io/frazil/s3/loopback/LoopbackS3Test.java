package io.frazil.s3.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.S3Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

@Timeout(60)
class LoopbackS3Test {
  private static final String LOCATION = "s3://bucket/object";
  private static final byte[] CONTENT = "water".getBytes(StandardCharsets.UTF_8);

  @Test
  void objectsAreWrittenAndReadBehindTls() {
    try (LoopbackS3 s3 = LoopbackS3.startSecure()) {
      assertThat(s3.endpoint()).hasScheme("https");
      write(new S3ObjectStore(s3.settings()));
      assertThat(read(new S3ObjectStore(s3.settings()))).isEqualTo(CONTENT);
    }
  }

  @Test
  void whoDoesNotKnowItsAuthorityDoesNotTrustIt() {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        var store = new S3ObjectStore(S3Settings.of(s3.environment()).withAttempts(1))) {
      assertThatThrownBy(() -> read(store)).hasMessageContaining("PKIX path building failed");
    }
  }

  @Test
  void oneAuthorityIsNotAnothers() {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        var store =
            new S3ObjectStore(
                s3.settings().withSockets(LoopbackTls.generate().client()).withAttempts(1))) {
      assertThatThrownBy(() -> read(store)).hasMessageContaining("PKIX path");
    }
  }

  @Test
  void theProcessItselfRefusesIt() {
    try (LoopbackS3 secure = LoopbackS3.startSecure();
        LoopbackS3 plain = LoopbackS3.start()) {
      secure.showToStrangers();
      plain.showToStrangers();
      assertThat(plain.authority()).isEmpty();
      assertThat(secure.authority()).isPresent();
    }
  }

  @Test
  void credentialsComeFromTheContainersEndpointWhileItIsOpen() {
    Map<String, String> variables;
    try (LoopbackS3 s3 = LoopbackS3.start();
        var credentials = LoopbackCredentials.start()) {
      variables = credentials.environment();
      AwsCredentials given = s3.settings(variables).credentials().resolveCredentials();
      assertThat(given).isInstanceOf(AwsSessionCredentials.class);
      assertThat(given.accessKeyId()).isEqualTo("loopback");
      write(new S3ObjectStore(s3.settings(variables)));
      assertThat(read(new S3ObjectStore(s3.settings()))).isEqualTo(CONTENT);
    }
    assertThat(System.getProperty("aws.containerCredentialsFullUri")).isNull();
  }

  private static void write(ObjectStore store) {
    try (ObjectWriter writer = store.create(LOCATION)) {
      writer.write(CONTENT, 0, CONTENT.length);
      assertThat(writer.commit()).isTrue();
    }
  }

  private static byte[] read(ObjectStore store) {
    try (ObjectReader reader = store.open(LOCATION)) {
      var bytes = new byte[CONTENT.length];
      reader.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }
}
