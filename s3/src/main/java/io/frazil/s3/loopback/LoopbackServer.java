package io.frazil.s3.loopback;

import io.frazil.s3.loopback.HttpExchange.Answer;
import io.frazil.s3.loopback.HttpExchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/// Answers requests on the loopback interface, at a port that was free. Closing ends its
/// connections.
final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final ServerSocket socket;
  private final Function<Request, Answer> answers;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private LoopbackServer(ServerSocket socket, Function<Request, Answer> answers) {
    this.socket = socket;
    this.answers = answers;
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
  String address() {
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
