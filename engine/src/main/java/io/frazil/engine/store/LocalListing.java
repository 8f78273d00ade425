package io.frazil.engine.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the files whose location begins with a prefix. Locations come out in the prefix's own
/// form, so that `file:` URIs list as such and relative paths stay relative.
final class LocalListing extends SimpleFileVisitor<Path> {
  private final String prefix;
  private final String folderLocation;
  private final Path folder;
  private final List<ObjectInfo> found = new ArrayList<>();

  private LocalListing(String prefix, String folderLocation, Path folder) {
    this.prefix = prefix;
    this.folderLocation = folderLocation;
    this.folder = folder;
  }

  static List<ObjectInfo> list(String prefix) {
    String folderLocation = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    Path folder = LocalObjectStore.path(folderLocation.isEmpty() ? "." : folderLocation);
    var listing = new LocalListing(prefix, folderLocation, folder);
    if (Files.isDirectory(folder)) {
      try {
        Files.walkFileTree(
            folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing);
      } catch (IOException e) {
        throw LocalFailure.of(prefix, "listed", e);
      }
    }
    listing.found.sort(Comparator.comparing(ObjectInfo::location));
    return List.copyOf(listing.found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    if (directory.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    return location(directory).startsWith(prefix)
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String location = location(file);
    Path name = file.getFileName();
    boolean temporary =
        name != null && name.toString().startsWith(LocalObjectWriter.TEMPORARY_PREFIX);
    if (attributes.isRegularFile() && !temporary && location.startsWith(prefix)) {
      found.add(LocalObjectStore.info(location, attributes));
    }
    return FileVisitResult.CONTINUE;
  }

  // What vanishes while it is listed, and what leads back to where one came from, is not there.
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
      throws IOException {
    if (e != null && !(e instanceof NoSuchFileException)) {
      throw e;
    }
    return FileVisitResult.CONTINUE;
  }

  private String location(Path path) {
    return folderLocation + folder.relativize(path).toString().replace(File.separatorChar, '/');
  }
}
