package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the objects of a session's queries lie: where the caller said, or in a temporary folder
/// that is made by the first query which needs it and goes with the session, or with the process
/// where that is told to end before.
public final class QueryFolder implements AutoCloseable {
  private static final int REMOVALS_MAX = 5;

  private final @Nullable String given;
  private @Nullable Path temporary;
  private @Nullable Thread removal;

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
        Path made = Files.createTempDirectory("frazil-");
        temporary = made;
        removal = removingAtExit(made);
      } catch (IOException e) {
        throw new FrazilException(
            ErrorCode.PERMISSION_DENIED, "No folder for temporary files can be made: " + e, e);
      }
    }
    return temporary + "/";
  }

  /// Removes what nobody has written to for so long, of a temporary folder. What cannot be removed
  /// now is left to the next time.
  public synchronized void removeUnchangedFor(Duration age) {
    if (temporary == null) {
      return;
    }
    FileTime before = FileTime.from(Instant.now().minus(age));
    try (Stream<Path> all = Files.walk(temporary)) {
      Path folder = temporary;
      all.filter(path -> !path.equals(folder) && isUnchangedSince(path, before))
          .sorted(Comparator.reverseOrder())
          .forEach(QueryFolder::tryRemove);
    } catch (IOException | UncheckedIOException _) {
      return; // Something went meanwhile.
    }
  }

  private static boolean isUnchangedSince(Path path, FileTime time) {
    try {
      return Files.getLastModifiedTime(path).compareTo(time) < 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// A folder in which something is stays.
  private static void tryRemove(Path path) {
    try {
      boolean _ = Files.deleteIfExists(path);
    } catch (IOException _) {
      return;
    }
  }

  @Override
  public synchronized void close() {
    if (temporary == null || !forget(removal)) {
      return;
    }
    removal = null;
    try {
      remove(temporary);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + temporary + "' cannot be removed: " + e, e);
    }
    temporary = null;
  }

  /// Queries may still run and write then, so what is there is removed more than once.
  private static void remove(Path folder) throws IOException {
    int tries = 1;
    IOException failure = removed(folder);
    while (failure != null && tries < REMOVALS_MAX) {
      failure = removed(folder);
      tries++;
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// @return why not all was removed: something came or went meanwhile, or may not be removed
  private static @Nullable IOException removed(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      return null;
    } catch (NoSuchFileException e) {
      return Files.exists(folder) ? e : null;
    } catch (IOException e) {
      return e;
    } catch (UncheckedIOException e) {
      return e.getCause();
    }
  }

  private static Thread removingAtExit(Path folder) {
    var thread =
        new Thread(
            () -> {
              try {
                remove(folder);
              } catch (IOException _) {
                return; // Nobody is left to be told.
              }
            },
            "frazil-remove-folder");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is ending already.
      return thread;
    }
    return thread;
  }

  /// @return false where the process is ending, which removes the folder itself
  private static boolean forget(@Nullable Thread removal) {
    try {
      return removal == null || Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
