package io.frazil.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// Signs requests, sends them, and tells answers from errors. Tries once.
final class S3Wire implements AutoCloseable {
  private static final String CONNECTIONS_KEPT = "http.maxConnections";
  private static final String ERRORS_REGION = "x-amz-bucket-region";

  private final S3Settings settings;
  private final S3Endpoint endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final SdkHttpClient http;

  S3Wire(S3Settings settings) {
    this.settings = settings;
    this.endpoint = new S3Endpoint(settings.region(), settings.endpoint());
    // The JDK keeps 5 idle connections a host, and a scan reads more ranges at a time than that.
    if (System.getProperty(CONNECTIONS_KEPT) == null) {
      System.setProperty(CONNECTIONS_KEPT, "64");
    }
    // With a factory of ours the client makes no TLS context of its own before the first request.
    this.http = UrlConnectionHttpClient.create(this::connection);
  }

  /// Sends a request and waits for the head of its answer.
  ///
  /// @throws S3Error where the answer's status is not 2xx
  S3Answer send(S3Request request) throws IOException {
    HttpExecuteResponse response = http.prepareRequest(signed(request)).call();
    var answer = new S3Answer(response);
    if (answer.status() / 100 == 2) {
      return answer;
    }
    try (answer) {
      Map<String, String> said = S3Xml.error(answer.text());
      throw new S3Error(
          answer.status(),
          said.getOrDefault("Code", ""),
          said.getOrDefault("Message", response.httpResponse().statusText().orElse("")),
          answer.header(ERRORS_REGION).or(() -> Optional.ofNullable(said.get("Region"))));
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpExecuteRequest signed(S3Request request) throws S3Error {
    SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder().method(request.method());
    endpoint.address(unsigned, request.at());
    request.query().forEach(unsigned::putRawQueryParameter);
    request.headers().forEach(unsigned::putHeader);
    Optional<ContentStreamProvider> content = request.body().map(S3Wire::content);
    request
        .body()
        .ifPresent(body ->
            unsigned
                .putHeader("Content-Length", String.valueOf(body.length()))
                .putHeader("Content-Type", body.type()));
    AwsCredentials identity = identity();
    SignedRequest signed =
        signer.sign(r ->
            r.identity(identity)
                .request(unsigned.build())
                .payload(content.orElse(null))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(null))
        .build();
  }

  private AwsCredentials identity() throws S3Error {
    try {
      return settings.credentials().resolveCredentials();
    } catch (SdkClientException e) {
      var denied = new S3Error(401, "", String.valueOf(e.getMessage()), Optional.empty());
      denied.initCause(e);
      throw denied;
    }
  }

  private static ContentStreamProvider content(S3Request.Body body) {
    return ContentStreamProvider.fromInputStreamSupplier(
        () -> new ByteArrayInputStream(body.bytes(), 0, body.length()));
  }

  private HttpURLConnection connection(URI uri) {
    try {
      var connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
      connection.setReadTimeout(Math.toIntExact(settings.silenceTimeout().toMillis()));
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      if (connection instanceof HttpsURLConnection secure) {
        settings.sockets().ifPresent(secure::setSSLSocketFactory);
      }
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
