package io.frazil.localstack.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.S3Client;

/// What queries leave behind.
///
/// @param bucket where their objects lie
/// @param rules of the bucket's lifecycle, as CloudFormation has them
public record Leftovers(S3Client s3, String bucket, JsonNode rules) {
  /// Asserts that nothing is left that the bucket's lifecycle does not remove.
  public void check() {
    assertThat(enabled().anyMatch(rule -> rule.has("AbortIncompleteMultipartUpload")))
        .as("unfinished uploads end")
        .isTrue();
    assertThat(s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents())
        .as("objects that never expire")
        .allMatch(object -> enabled().anyMatch(rule -> removes(rule, object.key())));
  }

  private Stream<JsonNode> enabled() {
    return StreamSupport.stream(rules.spliterator(), false)
        .filter(rule -> rule.required("Status").asText().equals("Enabled"));
  }

  private static boolean removes(JsonNode rule, String key) {
    return rule.has("ExpirationInDays") && key.startsWith(rule.required("Prefix").asText());
  }
}
