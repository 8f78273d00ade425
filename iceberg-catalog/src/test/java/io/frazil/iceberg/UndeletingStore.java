package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Files of which none may be deleted, as of a table bucket of S3 Tables.
final class UndeletingStore implements ObjectStore {
  private final ObjectStore files = new LocalObjectStore();
  private final AtomicInteger refused = new AtomicInteger();

  /// How often it was asked to.
  int refused() {
    return refused.get();
  }

  @Override
  public void delete(String location) {
    refused.incrementAndGet();
    throw new FrazilException(
        ErrorCode.PERMISSION_DENIED, "'" + location + "' cannot be deleted: MethodNotAllowed");
  }

  @Override
  public ObjectInfo head(String location) {
    return files.head(location);
  }

  @Override
  public ObjectReader open(String location) {
    return files.open(location);
  }

  @Override
  public ObjectWriter create(String location) {
    return files.create(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return files.list(prefix);
  }
}
