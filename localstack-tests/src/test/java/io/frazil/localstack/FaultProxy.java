package io.frazil.localstack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// In front of a server: lets requests through, or does to them what networks and busy stores do. A
/// connection carries one request.
final class FaultProxy implements AutoCloseable {
  private static final int SLOW_MS = 300;
  private static final String BUSY =
      "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket socket;
  private final URI target;
  private final IntFunction<Fault> faults;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger faulty = new AtomicInteger();

  /// What is done to a request.
  enum Fault {
    NONE,
    /// 503, before anything happened.
    BUSY,
    /// The request is done, then waits.
    SLOW,
    /// The request is done, its answer ends in the middle.
    CUT_SHORT,
    /// The connection is reset, before anything happened.
    RESET,
    /// The request is done, then the connection is reset.
    LOST_REPLY
  }

  /// @param faults by the number of the request, from 0
  FaultProxy(URI target, IntFunction<Fault> faults) throws IOException {
    this.target = target;
    this.faults = faults;
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /// Some fault, for about each second request.
  static IntFunction<Fault> seeded(long seed) {
    Fault[] all = Fault.values();
    return request -> {
      // Of java.util.Random, neighbouring seeds begin alike.
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + request);
      return random.nextBoolean() ? Fault.NONE : all[random.nextInt(all.length)];
    };
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// How many requests were not let through as they were.
  int faulty() {
    return faulty.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] request = read(new BufferedInputStream(client.getInputStream()));
      if (request.length > 0) {
        Fault fault = faults.apply(requests.getAndIncrement());
        faulty.addAndGet(fault == Fault.NONE ? 0 : 1);
        answer(client, request, fault);
      }
    } catch (IOException | InterruptedException _) {
      return; // The client sees it on its own end.
    }
  }

  private void answer(Socket client, byte[] request, Fault fault)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    switch (fault) {
      case NONE -> out.write(forwarded(request));
      case BUSY -> out.write(BUSY.getBytes(StandardCharsets.ISO_8859_1));
      case SLOW -> {
        byte[] answer = forwarded(request);
        Thread.sleep(SLOW_MS);
        out.write(answer);
      }
      case CUT_SHORT -> {
        byte[] answer = forwarded(request);
        out.write(answer, 0, answer.length / 2);
      }
      case RESET -> client.setSoLinger(true, 0);
      case LOST_REPLY -> {
        forwarded(request);
        client.setSoLinger(true, 0);
      }
    }
  }

  private byte[] forwarded(byte[] request) throws IOException {
    try (var server = new Socket(target.getHost(), target.getPort())) {
      server.getOutputStream().write(request);
      server.getOutputStream().flush();
      return server.getInputStream().readAllBytes();
    }
  }

  /// A whole request, which asks for its connection to be closed.
  private static byte[] read(InputStream in) throws IOException {
    var whole = new ByteArrayOutputStream();
    int length = 0;
    whole.writeBytes(line(in));
    if (whole.size() == 0) {
      return new byte[0];
    }
    for (byte[] line = line(in); line.length > 2; line = line(in)) {
      String header = new String(line, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      if (!header.startsWith("connection:")) {
        whole.writeBytes(line);
      }
    }
    whole.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(in.readNBytes(length));
    return whole.toByteArray();
  }

  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0) {
      line.write(b);
      if (b == '\n') {
        break;
      }
      b = in.read();
    }
    return line.toByteArray();
  }
}
