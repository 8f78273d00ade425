package io.frazil.worker.prime;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.store.StoreRequests;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
  @Test
  void eachBucketIsAskedByEachConnectionForWhatIsNotThere() {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        var store = new S3ObjectStore(s3.settings())) {
      var requests = new StoreRequests();
      Connections.open(
          store.counting(requests),
          Map.of(Connections.VARIABLE, "arn:aws:s3:::results,arn:aws-cn:s3:::tables.of-mine"));
      assertThat(requests.gets()).isEqualTo(2 * Connections.EACH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "tables", "arn:aws:s3:::tables/../x", "arn:aws:sqs:::tables"})
  void whatIsNoBucketIsLeftOut(String named) {
    var requests = new StoreRequests();
    try (LoopbackS3 s3 = LoopbackS3.start();
        var store = new S3ObjectStore(s3.settings())) {
      Connections.open(store.counting(requests), Map.of(Connections.VARIABLE, named));
    }
    assertThat(requests.gets()).isZero();
  }

  @Test
  @Timeout(15)
  void aBucketThatDoesNotAnswerIsLeftToTheFirstFragment() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings =
          Map.of(
              "AWS_REGION", "eu-west-1",
              "AWS_ACCESS_KEY_ID", "a",
              "AWS_SECRET_ACCESS_KEY", "b",
              "AWS_ENDPOINT_URL", "http://127.0.0.1:" + silent.getLocalPort());
      Connections.open(
          S3ObjectStore.besideLocal(settings),
          Map.of(Connections.VARIABLE, "arn:aws:s3:::results"));
      silent.setSoTimeout(1);
      assertThat(silent.accept()).as("it had been asked").isNotNull();
    }
  }
}
