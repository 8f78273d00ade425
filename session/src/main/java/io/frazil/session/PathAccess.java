package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which files statements may read by their path: `FROM 's3://bucket/logs/*.parquet'`. Tables of
/// catalogs are not asked for: whoever configured a catalog trusts where its tables lie.
///
/// A path is allowed by its text alone, before anything is looked up, and so its text has to be
/// plain: no segments `.` and `..`, which stores and proxies resolve differently. Percent signs
/// stay as they are, as they do in stores.
public final class PathAccess {
  /// Wherever the session's store reaches.
  public static final PathAccess ANYWHERE = new PathAccess(null);

  private static final String SEPARATOR = "://";
  private static final String S3 = "s3";

  private final @Nullable List<String> folders;

  private PathAccess(@Nullable List<String> folders) {
    this.folders = folders;
  }

  /// Below some locations of stores alone, which is to say never on the local file system.
  ///
  /// @param locations such as `s3://bucket/prefix/`; none for no files at all
  /// @throws FrazilException INVALID_ARGUMENT where one is no folder of a store
  public static PathAccess under(List<String> locations) {
    return new PathAccess(locations.stream().map(PathAccess::folder).toList());
  }

  /// The same as a variable has them: separated by commas.
  public static PathAccess under(String locations) {
    return under(
        Arrays.stream(locations.split(",", -1))
            .map(String::strip)
            .filter(location -> !location.isEmpty())
            .toList());
  }

  /// @throws FrazilException PERMISSION_DENIED where statements may not read there
  void check(String path) {
    if (folders != null && !isUnder(path, folders)) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          folders.isEmpty()
              ? "'%s' may not be read: files cannot be read by path here, only tables"
                  .formatted(path)
              : "'%s' may not be read: files can be read by path below %s alone"
                  .formatted(path, String.join(", ", folders)));
    }
  }

  private static boolean isUnder(String path, List<String> folders) {
    String plain = canonical(path);
    return isPlain(plain) && folders.stream().anyMatch(plain::startsWith);
  }

  /// With S3's one scheme for its three names.
  private static String canonical(String path) {
    int end = path.indexOf(SEPARATOR);
    String scheme = end < 0 ? "" : path.substring(0, end);
    return scheme.equals("s3a") || scheme.equals("s3n") ? S3 + path.substring(end) : path;
  }

  private static boolean isPlain(String path) {
    int end = path.indexOf(SEPARATOR);
    return end > 0
        && Arrays.stream(path.substring(end + SEPARATOR.length()).split("/", -1))
            .noneMatch(segment -> segment.equals(".") || segment.equals(".."))
        && path.chars().noneMatch(c -> c < ' ' || c == '\\');
  }

  private static String folder(String location) {
    String folder = canonical(location.endsWith("/") ? location : location + "/");
    int host = folder.indexOf(SEPARATOR) + SEPARATOR.length();
    if (!isPlain(folder) || folder.indexOf('/', host) <= host) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not a folder of a store: it should be like s3://bucket/prefix/"
              .formatted(location));
    }
    return folder;
  }
}
