package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the objects of a session's queries lie: where the caller said, or in a temporary folder
/// that is made by the first query which needs it and goes with the session.
public final class QueryFolder implements AutoCloseable {
  private final @Nullable String given;
  private @Nullable Path temporary;

  QueryFolder(@Nullable String given) {
    this.given = given;
  }

  /// One for temporary files, of the caller's own.
  public static QueryFolder temporary() {
    return new QueryFolder(null);
  }

  /// The location, ending with `/`.
  public synchronized String location() {
    if (given != null) {
      return given.endsWith("/") ? given : given + "/";
    }
    if (temporary == null) {
      try {
        temporary = Files.createTempDirectory("frazil-");
      } catch (IOException e) {
        throw new FrazilException(
            ErrorCode.PERMISSION_DENIED, "No folder for temporary files can be made: " + e, e);
      }
    }
    return temporary + "/";
  }

  @Override
  public synchronized void close() {
    if (temporary == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(temporary)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + temporary + "' cannot be removed: " + e, e);
    }
    temporary = null;
  }
}
