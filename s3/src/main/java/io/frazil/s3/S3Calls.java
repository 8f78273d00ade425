package io.frazil.s3;

import io.frazil.engine.store.StoreRequests;
import java.io.IOException;
import java.time.Duration;

/// Requests as operations make them: signed, sent, waited for and tried again.
///
/// @param wire what sends them, once each
/// @param counted each that is sent is counted there
record S3Calls(S3Wire wire, S3Settings settings, StoreRequests counted) {
  /// An object's bytes come, or go, no slower than this.
  private static final long SLOWEST_BYTES_PER_SECOND = 256 << 10;

  /// The same, counted elsewhere.
  S3Calls counting(StoreRequests requests) {
    return new S3Calls(wire, settings, requests);
  }

  /// What is wanted of an answer.
  interface Use<T> {
    T of(S3Answer answer) throws IOException;
  }

  /// @throws IOException an [S3Error] where S3 says no
  <T> T call(S3Request request, Use<T> use) throws IOException {
    long bytes = request.body().map(body -> (long) body.length()).orElse(0L);
    return new Retry(settings.attempts())
        .run(() -> Flight.start(() -> once(request, use)).land(limit(bytes)));
  }

  /// The same for who waits otherwise. Tries once.
  <T> T once(S3Request request, Use<T> use) throws IOException {
    request.count(counted);
    try (S3Answer answer = wire.send(request)) {
      return use.of(answer);
    }
  }

  /// How long one attempt may take that moves so many bytes.
  Duration limit(long bytes) {
    return settings
        .connectTimeout()
        .plus(settings.silenceTimeout())
        .plusSeconds(1 + bytes / SLOWEST_BYTES_PER_SECOND);
  }

  /// How long all attempts together may take.
  Duration limitOfAll(long bytes) {
    return limit(bytes).plus(Retry.LONGEST_PAUSE).multipliedBy(settings.attempts());
  }
}
