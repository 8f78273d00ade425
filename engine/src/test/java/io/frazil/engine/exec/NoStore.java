package io.frazil.engine.exec;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.util.List;

/// The store of tasks that read and write nothing.
public record NoStore() implements ObjectStore {
  @Override
  public ObjectInfo head(String location) {
    throw new AssertionError("nothing is read");
  }

  @Override
  public ObjectReader open(String location) {
    throw new AssertionError("nothing is read");
  }

  @Override
  public ObjectWriter create(String location) {
    throw new AssertionError("nothing is written");
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return List.of();
  }

  @Override
  public void delete(String location) {}
}
