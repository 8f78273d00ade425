package io.frazil.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Who asks. A function finds its credentials in its environment, and where it was started from a
/// snapshot, at the container's address; looking any further would cost a fresh process a second.
final class Credentials {
  private Credentials() {}

  static AwsCredentialsProvider of(Map<String, String> environment) {
    if (isSet(environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        || isSet(environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"))) {
      return ContainerCredentialsProvider.builder().build();
    }
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null || id.isBlank() || secret.isBlank()) {
      return DefaultCredentialsProvider.builder().build();
    }
    String token = environment.get("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        token == null || token.isBlank()
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
