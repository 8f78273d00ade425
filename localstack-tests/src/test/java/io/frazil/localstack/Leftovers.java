package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.s3.S3Client;

/// What queries leave behind.
///
/// @param bucket where their objects lie
record Leftovers(S3Client s3, String bucket) {
  /// What the bucket's lifecycle removes.
  private static final String[] EXPIRING = {"queries/", "principals/"};

  void check() {
    assertThat(
            s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents().stream()
                .map(object -> object.key())
                .filter(Leftovers::stays))
        .as("objects that never expire")
        .isEmpty();
    assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads())
        .as("uploads that were never finished")
        .isEmpty();
  }

  private static boolean stays(String key) {
    for (String prefix : EXPIRING) {
      if (key.startsWith(prefix)) {
        return false;
      }
    }
    return true;
  }
}
