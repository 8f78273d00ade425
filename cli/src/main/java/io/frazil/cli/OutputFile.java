package io.frazil.cli;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file on its way: written beside its place and moved there by [#commit]. However the process
/// ends otherwise, short of being killed, nothing of it stays.
///
/// What is there and no regular file, a device or a named pipe, is written as it stands.
final class OutputFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final @Nullable Path temporary;
  private final OutputStream out;
  private final Thread removal = new Thread(this::remove, "frazil-remove-output");

  private OutputFile(Path path, @Nullable Path temporary, OutputStream out) {
    this.path = path;
    this.temporary = temporary;
    this.out = out;
  }

  /// @throws FrazilException PERMISSION_DENIED where it cannot be written
  static OutputFile open(Path named) {
    if (Files.isDirectory(named)) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + named + "' cannot be written: it is a directory");
    }
    try {
      boolean inPlace = isStream(named);
      // A symbolic link stays one.
      Path path = Files.exists(named) && !inPlace ? named.toRealPath() : named.toAbsolutePath();
      Path temporary = inPlace ? null : path.resolveSibling("." + path.getFileName() + ".part");
      OutputStream raw =
          temporary == null
              ? Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
              : Files.newOutputStream(temporary);
      var file = new OutputFile(named, temporary, new BufferedOutputStream(raw, BUFFER_BYTES));
      Runtime.getRuntime().addShutdownHook(file.removal);
      return file;
    } catch (IOException e) {
      throw failure(named, e);
    }
  }

  /// `/dev/stdout` may well be a regular file behind that name.
  private static boolean isStream(Path named) {
    return Files.exists(named) && (named.startsWith("/dev") || !Files.isRegularFile(named));
  }

  OutputStream out() {
    return out;
  }

  /// Moves the file to its place.
  void commit() {
    try {
      out.close();
      if (temporary != null) {
        Path place = Files.exists(path) ? path.toRealPath() : path;
        Files.move(temporary, place, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void close() {
    try (out) {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IOException | IllegalStateException e) {
      // What could not be written is thrown away, or the process is ending and the hook runs.
      remove();
      return;
    }
    remove();
  }

  private void remove() {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw failure(temporary, e);
    }
  }

  private static FrazilException failure(@Nullable Path path, IOException e) {
    return new FrazilException(
        ErrorCode.PERMISSION_DENIED, "'" + path + "' cannot be written: " + FileReason.of(e), e);
  }
}
