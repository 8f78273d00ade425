package io.frazil.engine.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The local file system as an [ObjectStore]: objects are files, locations are plain paths or
/// `file:` URIs.
///
/// A URI's path is taken as it stands, without decoding `%20` and the like: table formats write
/// locations of files whose very names hold percent signs (`day=2024%2F01`). An object's version is
/// its size and the time of its last change in nanoseconds. Exchanging objects is for one process
/// at a time: file systems know no condition for it.
public final class LocalObjectStore implements VersionedStore {
  private static final String SCHEME = "file:";

  @Override
  public ObjectInfo head(String location) {
    Path path = path(location);
    try {
      return info(location, Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException e) {
      throw LocalFailure.of(location, "read", e);
    }
  }

  @Override
  public ObjectReader open(String location) {
    Path path = path(location);
    FileChannel channel = null;
    try {
      ObjectInfo before = head(location);
      channel = FileChannel.open(path, StandardOpenOption.READ);
      ObjectInfo after = head(location);
      if (!before.equals(after)) {
        throw new FrazilException(
            ErrorCode.FILE_CHANGED, "'" + location + "' changed while it was opened");
      }
      return new LocalObjectReader(after, path, channel);
    } catch (IOException e) {
      throw LocalFailure.of(location, "read", e);
    } catch (FrazilException e) {
      LocalFailure.closeQuietly(channel, e);
      throw e;
    }
  }

  @Override
  public ObjectWriter create(String location) {
    return LocalObjectWriter.create(location, path(location));
  }

  @Override
  public Optional<ObjectInfo> replace(ObjectInfo seen, byte[] content) {
    return LocalReplacement.replace(seen, path(seen.location()), content);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return LocalListing.list(prefix);
  }

  @Override
  public void delete(String location) {
    Path path = path(location);
    try {
      if (Files.isDirectory(path)) {
        throw LocalFailure.directory(location);
      }
      Files.delete(path);
    } catch (NoSuchFileException _) {
      return;
    } catch (IOException e) {
      throw LocalFailure.of(location, "deleted", e);
    }
  }

  /// The path that a location names.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where it is another scheme's, or another host's
  static Path path(String location) {
    if (!location.startsWith(SCHEME)) {
      if (location.contains("://")) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT,
            "'%s' is not on the local file system: its store is not configured"
                .formatted(location));
      }
      return checkedPath(location, location);
    }
    String rest = location.substring(SCHEME.length());
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (!host.isEmpty() && !host.equals("localhost")) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT,
            "'%s' names the host '%s'; a local file's URI is file:/path".formatted(location, host));
      }
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    return checkedPath(rest, location);
  }

  private static Path checkedPath(String path, String location) {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new FrazilException(ErrorCode.INVALID_ARGUMENT, "'" + location + "' is not a path");
    }
    return Path.of(path);
  }

  /// @throws FrazilException FILE_NOT_FOUND where it is not a file
  static ObjectInfo info(String location, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      throw LocalFailure.directory(location);
    }
    long changed = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new ObjectInfo(location, attributes.size(), attributes.size() + "-" + changed);
  }
}
