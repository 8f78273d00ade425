package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.store.StoreFileIO;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/// Iceberg tables in a folder: the catalog is an SQLite database in it, `catalog.db`, and each
/// table has a folder below its schema's.
///
/// Several processes may use it at once: SQLite lets one write at a time and others wait, and of
/// two commits to a table the later is tried again on top of the first.
public final class LocalWarehouse {
  /// The schema that every warehouse has.
  public static final String DEFAULT_SCHEMA = "main";

  private static final String DATABASE = "catalog.db";

  /// Catalog databases may hold several catalogs; ours has this name in it.
  private static final String CATALOG = "frazil";

  /// How long one process waits for another's write.
  private static final int BUSY_TIMEOUT_MILLIS = 30_000;

  private LocalWarehouse() {}

  /// Whether there is a warehouse in the folder.
  ///
  /// @throws FrazilException PERMISSION_DENIED where nobody can tell
  public static boolean exists(Path folder) {
    requireReadable(folder.toAbsolutePath().normalize());
    return Files.isRegularFile(folder.resolve(DATABASE));
  }

  /// Opens the warehouse in a folder, which is made if it isn't there. The caller closes it.
  ///
  /// @throws FrazilException PERMISSION_DENIED where that cannot be done
  public static IcebergCatalog open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          "'%s' cannot be made a warehouse: %s".formatted(absolute, reason(e)),
          e);
    }
    requireReadable(absolute);
    if (!Files.isWritable(absolute)) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "The warehouse '" + absolute + "' cannot be written to");
    }
    return IcebergFailure.translating(() -> connect(absolute));
  }

  /// @throws FrazilException PERMISSION_DENIED where nobody can tell what is in the folder
  private static void requireReadable(Path folder) {
    boolean there = Files.isDirectory(folder);
    if (there && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          "The warehouse '" + folder + "' cannot be read: permission denied");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is a file";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static IcebergCatalog connect(Path folder) {
    var store = new LocalObjectStore();
    var catalog = new JdbcCatalog(_ -> new StoreFileIO(store), null, true);
    catalog.initialize(
        CATALOG,
        Map.of(
            CatalogProperties.URI,
            "jdbc:sqlite:" + folder.resolve(DATABASE),
            CatalogProperties.WAREHOUSE_LOCATION,
            folder.toString(),
            JdbcCatalog.PROPERTY_PREFIX + "busy_timeout",
            Integer.toString(BUSY_TIMEOUT_MILLIS),
            JdbcCatalog.PROPERTY_PREFIX + "schema-version",
            "V1"));
    Namespace main = Namespace.of(DEFAULT_SCHEMA);
    if (!catalog.namespaceExists(main)) {
      try {
        catalog.createNamespace(main);
      } catch (AlreadyExistsException _) {
        // Another process made it just now.
      }
    }
    return new IcebergCatalog(
        Connection.lasting(catalog), store, LocalWarehouse::removeFolders, () -> {});
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.delete(folder);
    } catch (NoSuchFileException | DirectoryNotEmptyException _) {
      return;
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + folder + "' cannot be removed: " + e, e);
    }
  }

  /// Removes a table's folders as far as they are empty.
  private static void removeFolders(String location) {
    Path table = Path.of(location);
    List.of(table.resolve("data"), table.resolve("metadata"), table)
        .forEach(LocalWarehouse::removeIfEmpty);
  }
}
