package io.frazil.cli.remote;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// Requests to one host, authorized, and sent again where that may help. All of them may be sent
/// again: those that begin something carry a token. Safe for use by many threads.
final class Requests {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Longer than API Gateway waits for a function.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);

  private static final int ATTEMPTS = 6;

  /// Lambda takes minutes to make a version ready that was not called for long.
  private static final Duration READY_MAX = Duration.ofMinutes(5);

  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final URI base;
  private final Authorization authorization;
  private final Duration timeout;
  private final long pauseMillis;
  private final Duration readyMax;

  Requests(URI base, Authorization authorization) {
    this(base, authorization, ANSWER_TIMEOUT);
  }

  /// @param timeout for one answer
  Requests(URI base, Authorization authorization, Duration timeout) {
    this(base, authorization, timeout, PAUSE_MILLIS, READY_MAX);
  }

  /// @param timeout for one answer
  /// @param pauseMillis after a first attempt; each further pause is twice as long
  /// @param readyMax how long a function is waited for that is being made ready
  Requests(
      URI base,
      Authorization authorization,
      Duration timeout,
      long pauseMillis,
      Duration readyMax) {
    this.base = base;
    this.authorization = authorization;
    this.timeout = timeout;
    this.pauseMillis = pauseMillis;
    this.readyMax = readyMax;
  }

  Reply get(String path) {
    return send("GET", path, new byte[0], Map.of());
  }

  Reply send(String method, String path, byte[] body, Map<String, String> headers) {
    URI uri = base.resolve(path);
    return attempts(() -> {
      HttpRequest.Builder request = request(uri, method, body);
      headers.forEach(request::setHeader);
      authorization.headers(method, uri, body).forEach(request::setHeader);
      return Reply.of(client.send(request.build(), BodyHandlers.ofByteArray()));
    });
  }

  /// Bytes of something that lies elsewhere and asks for no authorization.
  Reply range(String location, long first, long last) {
    URI uri = base.resolve(location);
    return attempts(() ->
        Reply.of(
            client.send(
                request(uri, "GET", new byte[0])
                    .setHeader("Range", "bytes=%d-%d".formatted(first, last))
                    .build(),
                BodyHandlers.ofByteArray())));
  }

  private HttpRequest.Builder request(URI uri, String method, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    return body.length == 0
        ? request.method(method, BodyPublishers.noBody())
        : request
            .method(method, BodyPublishers.ofByteArray(body))
            .setHeader("Content-Type", "application/json");
  }

  @FunctionalInterface
  private interface Attempt {
    Reply send() throws IOException, InterruptedException;
  }

  private Reply attempts(Attempt attempt) {
    long ready = System.nanoTime() + readyMax.toNanos();
    int n = 1;
    while (true) {
      try {
        Reply reply = attempt.send();
        if (reply.isNotReady() && System.nanoTime() < ready) {
          // Not counted, as it began nothing.
          pause(pauseMillis << ATTEMPTS);
          continue;
        }
        if (!reply.isTransient() || n == ATTEMPTS) {
          return reply;
        }
        pause(n, reply);
      } catch (IOException e) {
        if (n == ATTEMPTS) {
          throw new FrazilException(
              ErrorCode.STORE_UNAVAILABLE,
              "'%s' cannot be reached: %s".formatted(base, reason(e)),
              e);
        }
        pause(pauseMillis << (n - 1));
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      n++;
    }
  }

  private void pause(int attempt, Reply reply) {
    long asked =
        reply
            .header("retry-after")
            .filter(s -> s.matches("\\d{1,3}"))
            .map(Long::parseLong)
            .orElse(0L);
    pause(Math.max(asked * 1_000, pauseMillis << (attempt - 1)));
  }

  /// Between half of it and all: those who were refused together do not come back together.
  private static void pause(long millis) {
    long most = Math.min(millis, PAUSE_MILLIS_MAX);
    sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static FrazilException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FrazilException(ErrorCode.CANCELLED, "Waiting for the endpoint was interrupted", e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "nobody answers there" : message;
  }
}
