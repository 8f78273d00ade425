package io.frazil.localstack.stack;

import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.S3Settings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Our store, and Amazon's own client beside it, on one S3.
public final class Buckets {
  private Buckets() {}

  public static S3ObjectStore store(URI endpoint) {
    return new S3ObjectStore(settings(endpoint));
  }

  public static S3Settings settings(URI endpoint) {
    return S3Settings.of(LocalStack.REGION, Optional.of(endpoint), LocalStack.CREDENTIALS);
  }

  /// What S3 says without us in between.
  public static S3Client client(LocalStack stack) {
    return S3Client.builder()
        .endpointOverride(stack.endpoint())
        .region(Region.of(LocalStack.REGION))
        .credentialsProvider(LocalStack.CREDENTIALS)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /// A new, empty bucket.
  public static String create(LocalStack stack) {
    String name = "frazil-" + java.util.UUID.randomUUID();
    try (S3Client s3 = client(stack)) {
      s3.createBucket(b -> b.bucket(name));
    }
    return name;
  }
}
