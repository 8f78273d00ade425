package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is shown to an endpoint that says nothing of it before.
final class EndpointTest {
  private static final URI GATEWAY =
      URI.create("https://abc123.execute-api.eu-west-1.amazonaws.com");
  private static final URI OTHER = URI.create("https://frazil.example.com");

  /// Its host says so.
  @Test
  void requestsToApiGatewayAreSigned() {
    assertSigned(authorization(GATEWAY, null), "eu-west-1");
  }

  @Test
  void aTokenIsShownInsteadOfASignature() {
    assertThat(authorization(GATEWAY, "t")).isEqualTo(new Authorization.Bearer("t"));
    assertThat(authorization(OTHER, "t")).isEqualTo(new Authorization.Bearer("t"));
  }

  @Test
  void nothingIsShownToOtherHosts() {
    assertThat(authorization(OTHER, null)).isSameAs(Authorization.NONE);
    assertThat(authorization(URI.create("http://localhost:8437"), null))
        .isSameAs(Authorization.NONE);
  }

  @Test
  void whereSigningIsAskedForTheHostsOwnRegionCountsFirst() {
    var signed = new Endpoint.Access("t", true);
    Map<String, String> environment = Map.of("AWS_REGION", "eu-central-1");
    assertSigned(signed.authorization(GATEWAY, environment), "eu-west-1");
    assertSigned(signed.authorization(OTHER, environment), "eu-central-1");
  }

  private static Authorization authorization(URI base, @Nullable String token) {
    return new Endpoint.Access(token, false)
        .authorization(base, Map.of("AWS_REGION", "eu-central-1"));
  }

  private static void assertSigned(Authorization authorization, String region) {
    assertThat(authorization)
        .isInstanceOfSatisfying(
            AwsSignature.class,
            signature -> {
              assertThat(signature.service()).isEqualTo("execute-api");
              assertThat(signature.region()).isEqualTo(region);
            });
  }
}
