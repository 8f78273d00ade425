package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Where requests for a bucket go: Amazon's hosts by region, or one host that speaks S3's protocol
/// and takes the bucket in its path.
///
/// @param region what requests are signed for
/// @param host `http` or `https`, a host and a port, nothing behind; none for Amazon's own
record S3Endpoint(String region, Optional<URI> host) {
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
  private static final String UNRESERVED = "-._~/";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  S3Endpoint {
    if (!REGION.matcher(region).matches()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'" + region + "' is not the name of an AWS region");
    }
    host.ifPresent(S3Endpoint::checkHost);
  }

  /// A request's address.
  void address(SdkHttpRequest.Builder request, S3Location at) {
    String path = encoded(at.key());
    if (host.isPresent()) {
      URI uri = host.get();
      request
          .protocol(uri.getScheme())
          .host(uri.getHost())
          .port(uri.getPort() < 0 ? null : uri.getPort())
          .encodedPath("/" + at.bucket() + "/" + path);
    } else if (at.bucket().indexOf('.') >= 0) {
      // A certificate's wildcard stands for one label: a bucket with dots is not covered by it.
      request.protocol("https").host(amazon()).encodedPath("/" + at.bucket() + "/" + path);
    } else {
      request.protocol("https").host(at.bucket() + "." + amazon()).encodedPath("/" + path);
    }
  }

  private String amazon() {
    return AwsHosts.of("s3", region);
  }

  /// Percent-encoded as signatures want it: all but letters, digits, `-._~` and the slash.
  static String encoded(String key) {
    var out = new StringBuilder(key.length() + 16);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static void checkHost(URI host) {
    String scheme = String.valueOf(host.getScheme());
    String path = host.getPath() == null ? "" : host.getPath();
    boolean known = scheme.equals("http") || scheme.equals("https");
    if (!known || host.getHost() == null || !(path.isEmpty() || path.equals("/"))) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not an endpoint: it should be like https://host:port".formatted(host));
    }
  }
}
