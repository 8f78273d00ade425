package io.frazil.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Exchanges a file for another version of it, which readers see whole or not at all.
final class LocalReplacement {
  /// Some file systems tell times apart by no less.
  private static final long TICK_NANOS = 1_000;

  private static final Object TURN = new Object();

  private LocalReplacement() {}

  static Optional<ObjectInfo> replace(ObjectInfo seen, Path path, byte[] content) {
    synchronized (TURN) {
      Path temporary = path.resolveSibling(path.getFileName() + ".next");
      try {
        if (!info(seen.location(), path).equals(seen)) {
          return Optional.empty();
        }
        Files.write(temporary, content);
        distinguish(temporary, path);
        Files.move(
            temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(info(seen.location(), path));
      } catch (NoSuchFileException _) {
        return Optional.empty();
      } catch (IOException e) {
        throw LocalFailure.of(seen.location(), "written", e);
      }
    }
  }

  /// Two versions written within one tick of the clock would look alike.
  private static void distinguish(Path next, Path now) throws IOException {
    long before = nanos(now);
    if (nanos(next) <= before) {
      var _ =
          Files.setLastModifiedTime(next, FileTime.from(before + TICK_NANOS, TimeUnit.NANOSECONDS));
    }
  }

  private static long nanos(Path path) throws IOException {
    return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
  }

  private static ObjectInfo info(String location, Path path) throws IOException {
    return LocalObjectStore.info(location, Files.readAttributes(path, BasicFileAttributes.class));
  }
}
