package io.frazil.iceberg.imports;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which local files are meant by what a person types: files, folders (their `*.parquet`) and
/// patterns in the last part of a path.
public final class FileLocations {
  private FileLocations() {}

  /// Absolute paths, each once, those of a pattern by name.
  ///
  /// @throws FrazilException FILE_NOT_FOUND where something names no file
  public static List<String> expand(List<String> arguments) {
    Set<String> locations = new LinkedHashSet<>();
    for (String argument : arguments) {
      locations.addAll(expand(argument));
    }
    return List.copyOf(locations);
  }

  private static List<String> expand(String argument) {
    Path path = Path.of(argument).toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      return List.of(path.toString());
    }
    List<String> matches =
        Files.isDirectory(path)
            ? list(path, "*.parquet")
            : list(path.getParent(), String.valueOf(path.getFileName()));
    if (matches.isEmpty()) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "No file matches '" + argument + "'");
    }
    return matches;
  }

  private static List<String> list(@Nullable Path folder, String pattern) {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, pattern)) {
      for (Path match : matches) {
        if (Files.isRegularFile(match)) {
          files.add(match.toString());
        }
      }
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + folder + "' cannot be listed: " + e, e);
    }
    files.sort(null);
    return files;
  }
}
