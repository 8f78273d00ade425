package io.frazil.s3;

/// Amazon's own hosts.
public final class AwsHosts {
  private AwsHosts() {}

  /// Where a service of a region is, as `s3.eu-central-1.amazonaws.com`: China and Europe's
  /// sovereign cloud have domains of their own.
  public static String of(String service, String region) {
    String domain =
        region.startsWith("cn-")
            ? "amazonaws.com.cn"
            : region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
    return service + "." + region + "." + domain;
  }
}
