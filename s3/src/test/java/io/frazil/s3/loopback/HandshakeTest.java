package io.frazil.s3.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that come to nothing before anything is said over them.
@Timeout(60)
class HandshakeTest {
  private static final int ATTEMPTS = 3;

  @Test
  void aConnectionThatEndsDuringItsHandshakeIsFollowedByAnother() throws IOException {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        Door door = new Door(s3.endpoint(), ATTEMPTS - 1);
        var store = new S3ObjectStore(through(door, s3.settings()))) {
      assertThatThrownBy(() -> store.head("s3://bucket/none"))
          .hasMessage("'s3://bucket/none' does not exist");
      assertThat(door.connections()).isEqualTo(ATTEMPTS);
    }
  }

  @Test
  void aServerThatIsNotTrustedIsAskedOnce() throws IOException {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        Door door = new Door(s3.endpoint(), 0);
        var store =
            new S3ObjectStore(
                through(door, s3.settings().withSockets(LoopbackTls.generate().client())))) {
      assertThatThrownBy(() -> store.head("s3://bucket/none")).hasMessageContaining("PKIX path");
      assertThat(door.connections()).isEqualTo(1);
    }
  }

  private static S3Settings through(Door door, S3Settings settings) {
    return new S3Settings(
        settings.region(),
        Optional.of(door.endpoint()),
        settings.credentials(),
        ATTEMPTS,
        settings.connectTimeout(),
        settings.silenceTimeout(),
        settings.hedgeAfter(),
        settings.sockets(),
        settings.bufferBytes(),
        settings.partBytes());
  }

  /// Stands before a server: ends its first connections once a client has begun to speak, and hands
  /// on the others.
  private static final class Door implements AutoCloseable {
    private final ServerSocket socket;
    private final URI server;
    private final int ended;
    private final AtomicInteger connections = new AtomicInteger();

    Door(URI server, int ended) throws IOException {
      this.server = server;
      this.ended = ended;
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().name("door").start(this::accept);
    }

    URI endpoint() {
      return URI.create(
          "https://%s:%d"
              .formatted(socket.getInetAddress().getHostAddress(), socket.getLocalPort()));
    }

    int connections() {
      return connections.get();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    private void accept() {
      while (true) {
        try {
          Socket client = socket.accept();
          boolean ends = connections.incrementAndGet() <= ended;
          Thread.ofVirtual().start(() -> serve(client, ends));
        } catch (IOException _) {
          return; // The test has ended.
        }
      }
    }

    private void serve(Socket client, boolean ends) {
      try (client) {
        if (ends) {
          // All of it is read, or else the client would be told of a reset.
          assertThat(client.getInputStream().read(new byte[1 << 16])).isPositive();
          return;
        }
        try (var back = new Socket(server.getHost(), server.getPort())) {
          Thread.ofVirtual().start(() -> copy(back, client));
          client.getInputStream().transferTo(back.getOutputStream());
        }
      } catch (IOException _) {
        return; // One of the two went away.
      }
    }

    private static void copy(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException _) {
        return; // One of the two went away.
      }
    }
  }
}
