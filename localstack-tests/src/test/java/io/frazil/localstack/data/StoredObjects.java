package io.frazil.localstack.data;

import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Objects on S3, and what happens to them while nobody looks.
public record StoredObjects(S3Client s3) {
  /// Leaves an object the first half of its bytes.
  ///
  /// @param path `/bucket/key`
  public void truncate(String path) {
    int slash = path.indexOf('/', 1);
    String bucket = path.substring(1, slash);
    String key = path.substring(slash + 1);
    byte[] bytes = s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray();
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(half));
  }
}
