package io.frazil.s3.loopback;

import io.frazil.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Objects in memory behind S3's protocol, on the loopback interface: GET with ranges, HEAD,
/// DELETE, PUT with `If-None-Match` and `If-Match`, listings of one page. Knows no multipart
/// uploads, takes any signature, and expects keys that need no encoding. Closing ends its
/// connections.
public final class LoopbackS3 implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final int BACKLOG = 64;

  private final ServerSocket socket;
  private final Objects objects = new Objects();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private LoopbackS3(ServerSocket socket) {
    this.socket = socket;
  }

  /// Starts one at a port that is free.
  public static LoopbackS3 start() {
    try {
      var server = new LoopbackS3(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("loopback-s3").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// How a store reaches it, with credentials of its own.
  public S3Settings settings() {
    return S3Settings.of(
        REGION,
        Optional.of(endpoint()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("loopback", "loopback")));
  }

  /// The same as variables of a process.
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION",
        REGION,
        "AWS_ENDPOINT_URL",
        endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        "loopback",
        "AWS_SECRET_ACCESS_KEY",
        "loopback");
  }

  /// Removes all objects whose locations begin with a prefix.
  public void removeAll(String prefix) {
    objects.removeAll(prefix.substring("s3:/".length()));
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().name("loopback-s3").start(() -> serve(connection));
      } catch (IOException _) {
        return; // It was closed.
      }
    }
  }

  private void serve(Socket connection) {
    connections.add(connection);
    try (connection;
        var exchange = new HttpExchange(connection)) {
      for (var request = exchange.next(); request.isPresent(); request = exchange.next()) {
        exchange.answer(request.get(), objects.answer(request.get()));
      }
    } catch (IOException _) {
      return; // The client went away, or the server was closed.
    } finally {
      connections.remove(connection);
    }
  }
}
