package io.frazil.s3;

import io.frazil.engine.store.ObjectLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/// Presigned URLs: a request to read one object, signed in its query. It holds for no longer than
/// the credentials that signed it.
///
/// Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
public final class S3Links implements ObjectLinks {
  private final S3Settings settings;
  private final S3Endpoint endpoint;
  private final Clock clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  public S3Links(S3Settings settings) {
    this(settings, Clock.systemUTC());
  }

  S3Links(S3Settings settings, Clock clock) {
    this.settings = settings;
    this.endpoint = new S3Endpoint(settings.region(), settings.endpoint());
    this.clock = clock;
  }

  @Override
  public Link link(String location, Duration lasting) {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(SdkHttpMethod.GET);
    endpoint.address(request, S3Location.object(location));
    AwsCredentials identity = settings.credentials().resolveCredentials();
    String address =
        signer
            .sign(r ->
                r.identity(identity)
                    .request(request.build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(
                        AwsV4HttpSigner.AUTH_LOCATION,
                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lasting)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request()
            .getUri()
            .toString();
    Instant end = clock.instant().plus(lasting);
    return new Link(address, identity.expirationTime().filter(end::isAfter).orElse(end));
  }
}
