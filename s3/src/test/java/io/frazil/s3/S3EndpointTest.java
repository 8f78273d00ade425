package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class S3EndpointTest {
  @Test
  void amazonsBucketsHaveHostsOfTheirOwn() {
    var endpoint = new S3Endpoint("eu-central-1", Optional.empty());
    assertThat(address(endpoint, "s3://bucket/a/b"))
        .isEqualTo("https://bucket.s3.eu-central-1.amazonaws.com/a/b");
    assertThat(address(new S3Endpoint("cn-north-1", Optional.empty()), "s3://bucket/a"))
        .isEqualTo("https://bucket.s3.cn-north-1.amazonaws.com.cn/a");
    assertThat(AwsHosts.of("secretsmanager", "eusc-de-east-1"))
        .isEqualTo("secretsmanager.eusc-de-east-1.amazonaws.eu");
  }

  @Test
  void bucketsWithDotsAreNamedInThePath() {
    assertThat(address(new S3Endpoint("us-east-1", Optional.empty()), "s3://my.bucket/a"))
        .isEqualTo("https://s3.us-east-1.amazonaws.com/my.bucket/a");
  }

  @Test
  void otherHostsTakeBucketsInThePath() {
    var endpoint = new S3Endpoint("us-east-1", Optional.of(URI.create("http://localhost:9000/")));
    assertThat(address(endpoint, "s3://bucket/a")).isEqualTo("http://localhost:9000/bucket/a");
  }

  @Test
  void keysAreEncodedAsSignaturesWantThem() {
    assertThat(S3Endpoint.encoded("a b/c+d%20=ü~_.-*'()"))
        .isEqualTo("a%20b/c%2Bd%2520%3D%C3%BC~_.-%2A%27%28%29");
  }

  @Test
  void whatIsNoEndpointOrRegionIsRefused() {
    for (String text :
        new String[] {"localhost:9000", "ftp://host", "http://host/path", "http:x"}) {
      assertThatThrownBy(() -> new S3Endpoint("us-east-1", Optional.of(URI.create(text))))
          .hasMessage("'%s' is not an endpoint: it should be like https://host:port", text);
    }
    assertThatThrownBy(() -> new S3Endpoint("evil.com/", Optional.empty()))
        .hasMessage("'evil.com/' is not the name of an AWS region");
  }

  @Test
  void settingsComeFromTheVariablesOfAwsTools() {
    S3Settings settings =
        S3Settings.of(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", "http://a",
                "AWS_ENDPOINT_URL_S3", "http://b",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret"));
    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.endpoint()).contains(URI.create("http://b"));
    assertThat(settings.credentials().resolveCredentials().accessKeyId()).isEqualTo("id");
    assertThatThrownBy(() -> S3Settings.of(Map.of()))
        .hasMessage("For objects on S3 the variable AWS_REGION must name their region");
  }

  private static String address(S3Endpoint endpoint, String location) {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(SdkHttpMethod.GET);
    endpoint.address(request, S3Location.object(location));
    return request.build().getUri().toString();
  }
}
