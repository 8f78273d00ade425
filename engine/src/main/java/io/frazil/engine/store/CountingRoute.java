package io.frazil.engine.store;

import java.util.List;
import java.util.function.Function;

/// Each location by the store that counts for it.
///
/// @param stores by location
record CountingRoute(Function<String, ObjectStore> stores) implements ObjectStore {
  @Override
  public ObjectInfo head(String location) {
    return stores.apply(location).head(location);
  }

  @Override
  public ObjectReader open(String location) {
    return stores.apply(location).open(location);
  }

  @Override
  public ObjectReader open(String location, long size) {
    return stores.apply(location).open(location, size);
  }

  @Override
  public ObjectWriter create(String location) {
    return stores.apply(location).create(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return stores.apply(prefix).list(prefix);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int most) {
    return stores.apply(prefix).list(prefix, after, most);
  }

  @Override
  public void delete(String location) {
    stores.apply(location).delete(location);
  }
}
