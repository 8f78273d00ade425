package io.frazil.coordinator.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// What a REST catalog wants to see, out of Secrets Manager, as it is asked for when the catalog is
/// opened. One request does not need a client of Amazon's and the second it takes to start.
///
/// @param arn of the secret
/// @param endpoint the region's Secrets Manager
record Secret(String arn, URI endpoint, String region, AwsCredentialsProvider credentials) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_BYTES_MAX = 1 << 17;

  /// What of it counts: nothing in a secret turns the catalog to another place or class.
  private static final Set<String> KNOWN =
      Set.of("token", "credential", "scope", "oauth2-server-uri", "audience", "resource");

  /// What passes, of what Secrets Manager answers by 400. Credentials that have expired are fetched
  /// anew for the next request.
  private static final Set<String> PASSING =
      Set.of(
          "ThrottlingException",
          "Throttling",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "RequestExpired",
          "ExpiredTokenException",
          "ExpiredToken");

  private static final Pattern TYPE = Pattern.compile("(?:.*#)?([A-Za-z]{1,100})(?::.*)?");

  private static final int ATTEMPTS = 4;
  private static final long PAUSE_MILLIS = 100;

  /// What Secrets Manager says.
  ///
  /// @param type its word for an error, or empty
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, String type, byte[] body) {
    boolean isGood() {
      return status / 100 == 2;
    }

    boolean passes() {
      return status >= 500 || status == 429 || PASSING.contains(type);
    }

    String description() {
      return type.isEmpty() ? "status " + status : "status " + status + ", " + type;
    }
  }

  /// The secret's text, which is a JSON object.
  ///
  /// @throws FrazilException PERMISSION_DENIED or STORE_UNAVAILABLE where it cannot be read,
  ///   INVALID_ARGUMENT where it is something else
  Map<String, String> read() {
    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
      for (int attempt = 1; ; attempt++) {
        try {
          Answer answer = ask(http);
          if (answer.isGood()) {
            return properties(answer.body);
          }
          if (!answer.passes() || attempt == ATTEMPTS) {
            throw refused(answer);
          }
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            throw unreadable(ErrorCode.STORE_UNAVAILABLE, "", e);
          }
        }
        pause(PAUSE_MILLIS << attempt);
      }
    }
  }

  private Answer ask(SdkHttpClient http) throws IOException {
    HttpExecuteResponse answer = http.prepareRequest(request()).call();
    byte[] body = body(answer);
    return new Answer(answer.httpResponse().statusCode(), type(body), body);
  }

  private static String type(byte[] body) {
    try {
      JsonNode said = JSON.readTree(body).path("__type");
      Matcher type = TYPE.matcher(said.asText());
      return type.matches() ? type.group(1) : "";
    } catch (IOException _) {
      return "";
    }
  }

  private FrazilException refused(Answer answer) {
    return unreadable(
        answer.passes() ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.PERMISSION_DENIED,
        " (" + answer.description() + ")",
        null);
  }

  private FrazilException unreadable(ErrorCode code, String why, @Nullable IOException cause) {
    return new FrazilException(
        code, "The catalog's secret %s cannot be read%s".formatted(arn, why), cause);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(
          ErrorCode.CANCELLED, "Reading the catalog's secret was interrupted", e);
    }
  }

  private HttpExecuteRequest request() throws IOException {
    byte[] body = JSON.writeValueAsBytes(Map.of("SecretId", arn));
    ContentStreamProvider content =
        ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(body));
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", String.valueOf(body.length))
            .build();
    AwsCredentials identity = credentials.resolveCredentials();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(identity)
                    .request(unsigned)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(null))
        .build();
  }

  private static byte[] body(HttpExecuteResponse answer) throws IOException {
    try (InputStream in = answer.responseBody().orElseThrow(() -> new IOException("no answer"))) {
      return in.readNBytes(ANSWER_BYTES_MAX);
    }
  }

  // What is wrong with a secret is told without a word of it.
  private Map<String, String> properties(byte[] answer) {
    Map<String, String> properties;
    try {
      JsonNode text =
          JSON.readTree(new String(answer, StandardCharsets.UTF_8)).path("SecretString");
      properties = JSON.readValue(text.asText(), new TypeReference<>() {});
    } catch (IOException _) {
      properties = null;
    }
    if (properties == null
        || !KNOWN.containsAll(properties.keySet())
        || properties.containsValue(null)) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "The secret %s is to be a JSON object of texts, its members among %s"
              .formatted(arn, KNOWN.stream().sorted().toList()));
    }
    return properties;
  }
}
