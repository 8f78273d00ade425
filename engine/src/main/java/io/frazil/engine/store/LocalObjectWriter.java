package io.frazil.engine.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a temporary file beside its target and links it to the target's name on commit: a link,
/// unlike a move, fails where the name is taken.
final class LocalObjectWriter implements ObjectWriter {
  /// What the names of temporary files begin with, which no listing shows.
  static final String TEMPORARY_PREFIX = ".tmp-";

  private static final int BUFFER_BYTES = 1 << 16;

  private final String location;
  private final Path target;
  private final Path temporary;
  private final OutputStream out;
  private long position;
  private boolean done;

  private LocalObjectWriter(String location, Path target, Path temporary, OutputStream out) {
    this.location = location;
    this.target = target;
    this.temporary = temporary;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  static LocalObjectWriter create(String location, Path target) {
    if (location.endsWith("/") || Files.isDirectory(target)) {
      throw LocalFailure.directory(location);
    }
    Path temporary = target.resolveSibling(TEMPORARY_PREFIX + UUID.randomUUID());
    try {
      Path parent = temporary.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      OutputStream out =
          Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new LocalObjectWriter(location, target, temporary, out);
    } catch (IOException e) {
      throw LocalFailure.of(location, "written", e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
      position += length;
    } catch (IOException e) {
      throw LocalFailure.of(location, "written", e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean commit() {
    if (done) {
      throw new IllegalStateException("'" + location + "' was committed or closed before");
    }
    try {
      out.close();
      return linkToTarget();
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException e) {
      throw LocalFailure.of(location, "written", e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (done) {
      return;
    }
    done = true;
    try {
      out.close();
    } catch (IOException _) {
      // What could not be flushed is thrown away with the file.
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw LocalFailure.of(temporary.toString(), "deleted", e);
    }
  }

  private boolean linkToTarget() throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException _) {
      moveToTarget();
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException _) {
      // Some file systems know links but refuse them. Another trouble comes up again in the move.
      moveToTarget();
    }
    return true;
  }

  // Creating the name decides who wins. A reader may see the object empty for an instant.
  private void moveToTarget() throws IOException {
    Files.createFile(target);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
