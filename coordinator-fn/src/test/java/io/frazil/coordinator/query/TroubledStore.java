package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.store.VersionedStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A store that cannot be had for some requests.
///
/// @param fails for which: the operation's name, and the location or, where an object is replaced,
///   its new content
record TroubledStore(BiPredicate<String, String> fails) implements VersionedStore {
  private static final LocalObjectStore STORE = new LocalObjectStore();

  @Override
  public ObjectInfo head(String location) {
    check("head", location);
    return STORE.head(location);
  }

  @Override
  public ObjectReader open(String location) {
    check("open", location);
    return STORE.open(location);
  }

  @Override
  public ObjectWriter create(String location) {
    check("create", location);
    return STORE.create(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    check("list", prefix);
    return STORE.list(prefix);
  }

  @Override
  public void delete(String location) {
    check("delete", location);
    STORE.delete(location);
  }

  @Override
  public Optional<ObjectInfo> replace(ObjectInfo seen, byte[] content) {
    check("replace", new String(content, StandardCharsets.UTF_8));
    return STORE.replace(seen, content);
  }

  private void check(String operation, String what) {
    if (fails.test(operation, what)) {
      throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "no " + operation + " now");
    }
  }
}
