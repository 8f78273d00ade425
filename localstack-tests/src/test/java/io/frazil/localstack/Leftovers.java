package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/// What queries leave behind.
///
/// @param bucket where their objects lie
record Leftovers(S3Client s3, String bucket) {
  /// Asserts that nothing is left that the bucket's lifecycle does not remove.
  void check() {
    List<LifecycleRule> rules =
        s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules().stream()
            .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
            .toList();
    assertThat(rules).as("unfinished uploads end").anyMatch(Leftovers::endsUploads);
    assertThat(s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents())
        .as("objects that never expire")
        .allMatch(object -> rules.stream().anyMatch(rule -> removes(rule, object.key())));
  }

  private static boolean endsUploads(LifecycleRule rule) {
    return rule.abortIncompleteMultipartUpload() != null && prefix(rule).isEmpty();
  }

  private static boolean removes(LifecycleRule rule, String key) {
    return rule.expiration() != null && key.startsWith(prefix(rule));
  }

  private static String prefix(LifecycleRule rule) {
    String prefix = rule.filter() == null ? null : rule.filter().prefix();
    return prefix == null ? "" : prefix;
  }
}
