package io.frazil.localstack.traffic;

import io.frazil.localstack.process.Waiting;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// In front of a server: notes requests down and lets them through, or does to them what networks
/// and busy services do. A connection carries one request.
public final class FaultProxy implements AutoCloseable {
  private static final Duration SLOW = Duration.ofMillis(300);
  private static final Duration LATE = Duration.ofSeconds(3);
  private static final byte[] BUSY =
      "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] THROTTLED = throttled();
  private static final byte[] OUT_OF_MEMORY = outOfMemory();
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket socket;
  private final Map<String, URI> services;
  private final URI others;
  private volatile Faults faults;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger faulty = new AtomicInteger();
  private final Queue<Call> underWay = new ConcurrentLinkedQueue<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Passage> passages = new ConcurrentLinkedQueue<>();

  /// A call that was answered or lost, and when, by [System#nanoTime].
  public record Passage(Call call, long beganNanos, long endedNanos) {
    public boolean isUnderWay(long nanos) {
      return beganNanos <= nanos && nanos < endedNanos;
    }
  }

  /// What is done to a request.
  public enum Fault {
    NONE,
    /// 503, before anything happened.
    BUSY,
    /// 429, before anything happened, as Lambda has it.
    THROTTLED,
    /// What Lambda answers for a function that had no memory left, before anything happened.
    OUT_OF_MEMORY,
    /// The request is done, then waits.
    SLOW,
    /// The request is done, its answer ends in the middle.
    CUT_SHORT,
    /// The connection is reset, before anything happened.
    RESET,
    /// The request is done, then the connection is reset.
    LOST_REPLY,
    /// The connection is reset, and the request is done some seconds later.
    LATE,
    /// The request is done, and at the same time once more.
    TWICE
  }

  /// Chooses; may do things of its own before the request is done.
  @FunctionalInterface
  public interface Faults {
    Faults NONE = _ -> Fault.NONE;

    Fault of(Call call);

    /// Some fault of those that any client has to bear, for about each second request.
    static Faults seeded(long seed) {
      Fault[] all = {
        Fault.NONE, Fault.BUSY, Fault.SLOW, Fault.CUT_SHORT, Fault.RESET, Fault.LOST_REPLY
      };
      return call -> {
        // Of java.util.Random, neighbouring seeds begin alike.
        RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + call.number());
        return random.nextBoolean() ? Fault.NONE : all[random.nextInt(all.length)];
      };
    }
  }

  public FaultProxy(URI target, Faults faults) throws IOException {
    this(target, Map.of(), faults);
  }

  /// @param services those that are not at the target, by their names in signatures
  public FaultProxy(URI target, Map<String, URI> services, Faults faults) throws IOException {
    this.others = target;
    this.services = Map.copyOf(services);
    this.faults = faults;
    this.socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// How many requests were not let through as they were.
  public int faulty() {
    return faulty.get();
  }

  /// All that passed or was to pass.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Those of them that are over, in the order of their ends.
  public List<Passage> passages() {
    return List.copyOf(passages);
  }

  /// Others from now on.
  public void faults(Faults others) {
    faults = others;
  }

  /// Waits until none of certain requests is under way, those that were sent late or twice
  /// included.
  public boolean isQuietWithin(Duration limit, Predicate<Call> whose) {
    return Waiting.until(limit, () -> underWay.stream().noneMatch(whose));
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
      OutputStream out = client.getOutputStream();
      Optional<HttpMessage> request =
          HttpMessage.read(
              new BufferedInputStream(client.getInputStream()), () -> send(out, CONTINUE));
      if (request.isPresent()) {
        pass(client, request.get());
      }
    } catch (IOException | UncheckedIOException | InterruptedException _) {
      return; // The client sees it on its own end.
    }
  }

  private void pass(Socket client, HttpMessage request) throws IOException, InterruptedException {
    Call call = Call.of(requests.getAndIncrement(), request);
    calls.add(call);
    underWay.add(call);
    long began = System.nanoTime();
    try {
      Fault fault = faults.of(call);
      faulty.addAndGet(fault == Fault.NONE ? 0 : 1);
      answer(client, call, new Request(serverOf(call), request.bytes()), fault);
    } finally {
      underWay.remove(call);
      passages.add(new Passage(call, began, System.nanoTime()));
    }
  }

  private void answer(Socket client, Call call, Request request, Fault fault)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    switch (fault) {
      case NONE -> out.write(request.forwarded());
      case BUSY -> out.write(BUSY);
      case THROTTLED -> out.write(THROTTLED);
      case OUT_OF_MEMORY -> out.write(OUT_OF_MEMORY);
      case SLOW -> {
        byte[] answer = request.forwarded();
        Thread.sleep(SLOW);
        out.write(answer);
      }
      case CUT_SHORT -> {
        byte[] answer = request.forwarded();
        out.write(answer, 0, answer.length / 2);
      }
      case RESET -> client.setSoLinger(true, 0);
      case LOST_REPLY -> {
        request.forwarded();
        client.setSoLinger(true, 0);
      }
      case LATE -> {
        client.setSoLinger(true, 0);
        client.close();
        Thread.sleep(LATE);
        request.forwarded();
      }
      case TWICE -> {
        underWay.add(call);
        Thread.ofVirtual().start(() -> forwardOnceMore(call, request));
        out.write(request.forwarded());
      }
    }
  }

  private void forwardOnceMore(Call call, Request request) {
    try {
      request.forwarded();
    } catch (IOException _) {
      return; // Nobody waits for it.
    } finally {
      underWay.remove(call);
    }
  }

  private URI serverOf(Call call) {
    return services.getOrDefault(call.service(), others);
  }

  private record Request(URI server, byte[] bytes) {
    /// What the server answers to it.
    byte[] forwarded() throws IOException {
      try (var connection = new Socket(server.getHost(), server.getPort())) {
        connection.getOutputStream().write(bytes);
        connection.getOutputStream().flush();
        return connection.getInputStream().readAllBytes();
      }
    }
  }

  private static void send(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] throttled() {
    String body =
        "{\"Type\":\"User\",\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\","
            + "\"message\":\"Rate Exceeded.\"}";
    String head =
        "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "x-amzn-ErrorType: TooManyRequestsException\r\nx-amzn-RequestId: throttled\r\n"
            + "Content-Length: ";
    return answer(head, body);
  }

  private static byte[] outOfMemory() {
    String body =
        "{\"errorType\":\"Runtime.OutOfMemory\","
            + "\"errorMessage\":\"RequestId: 1 Error: Runtime exited with error: signal: killed\"}";
    String head =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "X-Amz-Function-Error: Unhandled\r\nX-Amz-Executed-Version: 1\r\n"
            + "Content-Length: ";
    return answer(head, body);
  }

  private static byte[] answer(String head, String body) {
    return (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
