package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// A bucket and a key, as a location names them: `s3://bucket/key`. The key is taken as it stands,
/// without decoding `%20` and the like.
///
/// @param scheme `s3`, or what Hadoop calls it; kept so that listings answer in the asker's form
/// @param key empty for a whole bucket
record S3Location(String scheme, String bucket, String key) {
  /// The schemes that mean S3.
  static final Set<String> SCHEMES = Set.of("s3", "s3a", "s3n");

  private static final String SEPARATOR = "://";
  private static final int MAX_KEY_BYTES = 1024;
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /// The location of one object.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where it is none
  static S3Location object(String location) {
    S3Location parsed = prefix(location);
    if (parsed.key.isEmpty()) {
      throw invalid(location, "it names no object");
    }
    return parsed;
  }

  /// What locations begin with; it may end anywhere behind the bucket.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where it is none
  static S3Location prefix(String location) {
    int separator = location.indexOf(SEPARATOR);
    String scheme = separator < 0 ? "" : location.substring(0, separator);
    if (!SCHEMES.contains(scheme)) {
      throw invalid(location, "it does not begin with s3://");
    }
    String rest = location.substring(separator + SEPARATOR.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    checkBucket(location, bucket);
    checkKey(location, key);
    return new S3Location(scheme, bucket, key);
  }

  /// Whether a location is one of S3, by its scheme.
  static boolean isOne(String location) {
    int separator = location.indexOf(SEPARATOR);
    return separator >= 0 && SCHEMES.contains(location.substring(0, separator));
  }

  /// The same bucket's other key.
  S3Location withKey(String other) {
    return new S3Location(scheme, bucket, other);
  }

  @Override
  public String toString() {
    return scheme + SEPARATOR + bucket + "/" + key;
  }

  private static void checkBucket(String location, String bucket) {
    if (!BUCKET.matcher(bucket).matches()
        || bucket.contains("..")
        || ADDRESS.matcher(bucket).matches()) {
      throw invalid(location, "'" + bucket + "' is not a bucket's name");
    }
  }

  // Clients and proxies resolve dots in paths: the object that such a key reaches is not the one
  // that was checked.
  private static void checkKey(String location, String key) {
    for (String segment : key.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw invalid(location, "'" + segment + "' is not allowed in it");
      }
    }
    if (key.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw invalid(location, "there is a control character in it");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw invalid(location, "it is not Unicode");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw invalid(location, "its key is longer than " + MAX_KEY_BYTES + " bytes");
    }
  }

  private static FrazilException invalid(String location, String why) {
    return new FrazilException(
        ErrorCode.INVALID_ARGUMENT, "'%s' is not a location on S3: %s".formatted(location, why));
  }
}
