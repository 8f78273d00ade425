package io.frazil.cli.remote;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.s3.AwsHosts;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/// Requests signed with the credentials that AWS's own tools find, Signature Version 4.
record AwsSignature(String service, String region, AwsCredentialsProvider credentials)
    implements Authorization {
  private static final Pattern API = Pattern.compile(".+\\.(execute-api\\.([a-z0-9-]+)\\..+)");

  /// The region that an API's own host name says.
  static Optional<String> regionOf(URI api) {
    Matcher host = API.matcher(api.getHost().toLowerCase(Locale.ROOT));
    return host.matches() && host.group(1).equals(AwsHosts.of("execute-api", host.group(2)))
        ? Optional.of(host.group(2))
        : Optional.empty();
  }

  /// @param region none for the environment's
  /// @throws FrazilException INVALID_ARGUMENT where there is no region
  static AwsSignature of(String service, Optional<String> region, Map<String, String> environment) {
    String of =
        region
            .or(() ->
                Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                    .map(name -> environment.getOrDefault(name, ""))
                    .filter(value -> !value.isBlank())
                    .findFirst())
            .orElseThrow(() ->
                new FrazilException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The variable AWS_REGION must name the deployment's region"));
    return new AwsSignature(service, of, DefaultCredentialsProvider.builder().build());
  }

  @Override
  public Map<String, String> headers(String method, URI uri, byte[] body) {
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri).build();
    AwsCredentials identity = identity();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(identity)
                    .request(unsigned)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    var headers = new HashMap<String, String>();
    signed
        .request()
        .forEachHeader((name, values) -> {
          // The client says itself to whom it talks.
          if (!name.equalsIgnoreCase("Host")) {
            headers.put(name, first(values.isEmpty() ? null : values.getFirst()));
          }
        });
    return headers;
  }

  private AwsCredentials identity() {
    try {
      return credentials.resolveCredentials();
    } catch (SdkClientException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          "There are no AWS credentials to sign requests with: " + e.getMessage(),
          e);
    }
  }

  private static String first(@Nullable String value) {
    return value == null ? "" : value;
  }
}
