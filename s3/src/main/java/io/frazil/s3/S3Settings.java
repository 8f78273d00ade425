package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// How a store is reached and how long it is waited for.
///
/// @param region what requests are signed for
/// @param endpoint a store other than Amazon's own, its bucket in the path
/// @param credentials asked for at each request; it keeps them until they expire
/// @param attempts how often one request is tried, at least once
/// @param connectTimeout for a connection to come about
/// @param silenceTimeout for the next bytes of an answer
/// @param hedgeAfter a first guess of how long reads take at most, until it has seen some
/// @param sockets what makes TLS connections; empty for the JVM's own, which trusts whom it trusts
/// @param bufferBytes the most that all parts being written and reads being hedged may hold
/// @param partBytes what is written at a time; S3 takes no less than 5 MiB
public record S3Settings(
    String region,
    Optional<URI> endpoint,
    AwsCredentialsProvider credentials,
    int attempts,
    Duration connectTimeout,
    Duration silenceTimeout,
    Duration hedgeAfter,
    Optional<SSLSocketFactory> sockets,
    long bufferBytes,
    int partBytes) {
  private static final int ATTEMPTS = 5;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEDGE_AFTER = Duration.ofMillis(400);
  private static final int PART_BYTES = 8 << 20;
  private static final long BUFFER_BYTES_MAX = 256L << 20;

  public S3Settings {
    new S3Endpoint(region, endpoint);
    if (attempts < 1 || partBytes < 1 || bufferBytes < partBytes) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "a store needs at least one attempt and room for one part, not %d and %d bytes of %d"
              .formatted(attempts, bufferBytes, partBytes));
    }
  }

  /// The usual settings.
  public static S3Settings of(
      String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    long buffers =
        Math.clamp(Runtime.getRuntime().maxMemory() / 8, 4L * PART_BYTES, BUFFER_BYTES_MAX);
    return new S3Settings(
        region,
        endpoint,
        credentials,
        ATTEMPTS,
        CONNECT_TIMEOUT,
        SILENCE_TIMEOUT,
        HEDGE_AFTER,
        Optional.empty(),
        buffers,
        PART_BYTES);
  }

  /// What the variables say that AWS's own tools know: `AWS_REGION` or `AWS_DEFAULT_REGION`,
  /// `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, and those of credentials.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where there is no region
  public static S3Settings of(Map<String, String> environment) {
    String endpoint = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (region == null) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "For objects on S3 the variable AWS_REGION must name their region");
    }
    return of(
        region, Optional.ofNullable(endpoint).map(S3Settings::uri), Credentials.of(environment));
  }

  /// The same with another number of attempts.
  public S3Settings withAttempts(int other) {
    return with(other, sockets);
  }

  /// The same, its TLS connections made by this.
  public S3Settings withSockets(SSLSocketFactory other) {
    return with(attempts, Optional.of(other));
  }

  private S3Settings with(int otherAttempts, Optional<SSLSocketFactory> otherSockets) {
    return new S3Settings(
        region,
        endpoint,
        credentials,
        otherAttempts,
        connectTimeout,
        silenceTimeout,
        hedgeAfter,
        otherSockets,
        bufferBytes,
        partBytes);
  }

  private static @Nullable String first(
      Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    String second = environment.get(otherwise);
    String chosen = value == null || value.isBlank() ? second : value;
    return chosen == null || chosen.isBlank() ? null : chosen;
  }

  private static URI uri(String endpoint) {
    try {
      return URI.create(endpoint);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not an endpoint: it should be like https://host:port".formatted(endpoint),
          e);
    }
  }
}
