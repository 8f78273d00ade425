package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// Parquet files as tables, by path: `FROM 'path/*.parquet'`.
final class ParquetFiles {
  private static final String WILDCARDS = "*?[{";

  private final ObjectStore store;
  private final PathAccess access;

  ParquetFiles(ObjectStore store, PathAccess access) {
    this.store = store;
    this.access = access;
  }

  /// The files that a path means: one, all that match its wildcards, or all of a folder's where it
  /// ends with `/`.
  ///
  /// @throws FrazilException FILE_NOT_FOUND where there is none; PERMISSION_DENIED where statements
  ///   may not look there
  Optional<TableProvider> table(String path) {
    access.check(path);
    List<ObjectInfo> files = files(path);
    if (files.isEmpty()) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "No file matches '" + path + "'");
    }
    return Optional.of(ParquetTable.open(store, files));
  }

  private List<ObjectInfo> files(String path) {
    int wildcard = firstWildcard(path);
    if (wildcard < 0 && !path.endsWith("/")) {
      return List.of(store.head(path));
    }
    if (wildcard < 0) {
      return store.list(path).stream().filter(f -> f.location().endsWith(".parquet")).toList();
    }
    PathMatcher matcher = matcher(path);
    String folder = path.substring(0, path.lastIndexOf('/', wildcard) + 1);
    return store.list(folder.isEmpty() ? "./" : folder).stream()
        .filter(f -> matcher.matches(Path.of(trimmed(withoutScheme(f.location()), folder))))
        .toList();
  }

  private static PathMatcher matcher(String path) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + withoutScheme(path));
    } catch (PatternSyntaxException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not a pattern of files: %s".formatted(path, e.getDescription()),
          e);
    }
  }

  /// What is matched of `s3://bucket/key`: paths have no schemes.
  private static String withoutScheme(String location) {
    int scheme = location.indexOf("://");
    return scheme < 0 ? location : location.substring(scheme + "://".length());
  }

  private static String trimmed(String location, String folder) {
    return folder.isEmpty() && location.startsWith("./") ? location.substring(2) : location;
  }

  private static int firstWildcard(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (WILDCARDS.indexOf(path.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
