package io.frazil.iceberg.store;

import io.frazil.engine.store.ObjectStore;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/// A [StoreFileIO] for catalogs that take none from outside and make their own, one for each table,
/// out of text alone: the name of this class, and the name under which a store was left here.
public final class NamedFileIO implements FileIO {
  private static final String STORE = "frazil.store";
  private static final Map<String, StoreFileIO> STORES = new ConcurrentHashMap<>();

  private @Nullable StoreFileIO files;

  /// For Iceberg, which initializes it next.
  public NamedFileIO() {}

  /// A store that was left here until it is closed.
  public static final class Name implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();

    /// The catalog's properties that have it use the store.
    public Map<String, String> properties() {
      return Map.of(CatalogProperties.FILE_IO_IMPL, NamedFileIO.class.getName(), STORE, name);
    }

    @Override
    public void close() {
      STORES.remove(name);
    }
  }

  public static Name leave(ObjectStore store) {
    var name = new Name();
    STORES.put(name.name, new StoreFileIO(store));
    return name;
  }

  @Override
  public void initialize(Map<String, String> properties) {
    String name = Objects.requireNonNull(properties.get(STORE), STORE);
    files = Objects.requireNonNull(STORES.get(name), "the catalog was closed");
  }

  @Override
  public InputFile newInputFile(String location) {
    return files().newInputFile(location);
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    return files().newInputFile(location, length);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return files().newOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    files().deleteFile(location);
  }

  private StoreFileIO files() {
    return Objects.requireNonNull(files, "not initialized");
  }
}
