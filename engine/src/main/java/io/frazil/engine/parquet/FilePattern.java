package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import java.util.List;
import java.util.regex.Pattern;

/// Locations with wildcards: `*` and `?` stand for characters other than `/`, `**` for any; a
/// folder (ending with `/`) for the Parquet files in it.
final class FilePattern {
  private FilePattern() {}

  /// The locations that a pattern means, in order.
  ///
  /// @throws FrazilException FILE_NOT_FOUND where there are none
  static List<String> resolve(ObjectStore store, String pattern) {
    if (pattern.endsWith("/")) {
      return resolve(store, pattern + "*.parquet");
    }
    int wildcard = firstWildcard(pattern);
    if (wildcard < 0) {
      return List.of(store.head(pattern).location());
    }
    String folder = pattern.substring(0, pattern.lastIndexOf('/', wildcard) + 1);
    List<ObjectInfo> candidates = store.list(folder);
    // A store may name what it lists in its own way, as an absolute path say: what counts is the
    // part behind the folder.
    Pattern rest = Pattern.compile("(?s)(.*/)?" + regex(pattern.substring(folder.length())));
    Pattern whole = Pattern.compile("(?s)" + regex(pattern));
    List<String> found =
        candidates.stream()
            .map(ObjectInfo::location)
            .filter(location ->
                location.startsWith(folder)
                    ? whole.matcher(location).matches()
                    : rest.matcher(location).matches())
            .toList();
    if (found.isEmpty()) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "no file matches '" + pattern + "'");
    }
    return found;
  }

  private static int firstWildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '*' || pattern.charAt(i) == '?') {
        return i;
      }
    }
    return -1;
  }

  private static String regex(String pattern) {
    var regex = new StringBuilder();
    for (String part : pattern.splitWithDelimiters("\\*\\*|\\*|\\?", 0)) {
      regex.append(
          switch (part) {
            case "**" -> ".*";
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            default -> Pattern.quote(part);
          });
    }
    return regex.toString();
  }
}
