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

  /// The secret's text, which is a JSON object.
  ///
  /// @throws FrazilException PERMISSION_DENIED or STORE_UNAVAILABLE where it cannot be read,
  ///   INVALID_ARGUMENT where it is something else
  Map<String, String> read() {
    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
      HttpExecuteResponse answer = http.prepareRequest(request()).call();
      int status = answer.httpResponse().statusCode();
      byte[] body = body(answer);
      if (status / 100 != 2) {
        throw new FrazilException(
            status >= 500 || status == 429
                ? ErrorCode.STORE_UNAVAILABLE
                : ErrorCode.PERMISSION_DENIED,
            "The catalog's secret %s cannot be read (status %d)".formatted(arn, status));
      }
      return properties(body);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.STORE_UNAVAILABLE, "The catalog's secret %s cannot be read".formatted(arn), e);
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
    if (properties == null || !KNOWN.containsAll(properties.keySet())) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "The secret %s is to be a JSON object of texts, its members among %s"
              .formatted(arn, KNOWN.stream().sorted().toList()));
    }
    return properties;
  }
}
