package io.frazil.s3.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/// Answers requests on the loopback interface, at a port that was free. Closing ends its
/// connections.
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final ServerSocket socket;
  private final Function<Request, Answer> answers;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /// What somebody asks.
  ///
  /// @param path still encoded
  /// @param query what follows the question mark, still encoded
  /// @param headers by names in lower case
  public record Request(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /// What is said to it.
  ///
  /// @param from of `length` bytes of the body that are sent
  public record Answer(int status, Map<String, String> headers, byte[] body, int from, int length) {
    /// One that is all of a body.
    public static Answer of(Map<String, String> headers, byte[] body) {
      return new Answer(200, headers, body, 0, body.length);
    }

    static Answer of(int status) {
      return new Answer(status, Map.of(), new byte[0], 0, 0);
    }
  }

  private LoopbackServer(ServerSocket socket, Function<Request, Answer> answers) {
    this.socket = socket;
    this.answers = answers;
  }

  /// Starts one without TLS.
  public static LoopbackServer start(Function<Request, Answer> answers) {
    return start(ServerSocketFactory.getDefault(), answers);
  }

  static LoopbackServer start(ServerSocketFactory sockets, Function<Request, Answer> answers) {
    try {
      var server =
          new LoopbackServer(
              sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), answers);
      Thread.ofVirtual().name("loopback").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As `127.0.0.1:8080`.
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
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
        Thread.ofVirtual().name("loopback").start(() -> serve(connection));
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
        exchange.answer(request.get(), answers.apply(request.get()));
      }
    } catch (IOException _) {
      return; // The client went away, or the server was closed.
    } finally {
      connections.remove(connection);
    }
  }
}
