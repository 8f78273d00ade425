package io.frazil.engine.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Each location by the store of its scheme. A store is made when its first location comes.
public final class RoutingObjectStore implements VersionedStore {
  private final Map<String, Supplier<VersionedStore>> stores;
  private final @Nullable VersionedStore otherwise;
  private final Map<Supplier<VersionedStore>, VersionedStore> made = new ConcurrentHashMap<>();

  /// @param stores by scheme, without `://`; schemes may share one
  /// @param otherwise for locations of no scheme and of others
  public RoutingObjectStore(
      Map<String, Supplier<VersionedStore>> stores, VersionedStore otherwise) {
    this.stores = Map.copyOf(stores);
    this.otherwise = otherwise;
  }

  /// One that takes no other locations: they are refused as PERMISSION_DENIED, whatever is asked.
  ///
  /// @param stores by scheme, without `://`; schemes may share one
  public RoutingObjectStore(Map<String, Supplier<VersionedStore>> stores) {
    this.stores = Map.copyOf(stores);
    this.otherwise = null;
  }

  @Override
  public ObjectInfo head(String location) {
    return of(location).head(location);
  }

  @Override
  public ObjectReader open(String location) {
    return of(location).open(location);
  }

  @Override
  public ObjectReader open(String location, long size) {
    return of(location).open(location, size);
  }

  @Override
  public ObjectWriter create(String location) {
    return of(location).create(location);
  }

  @Override
  public Optional<ObjectInfo> replace(ObjectInfo seen, byte[] content) {
    return of(seen.location()).replace(seen, content);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return of(prefix).list(prefix);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int most) {
    return of(prefix).list(prefix, after, most);
  }

  @Override
  public void delete(String location) {
    of(location).delete(location);
  }

  @Override
  public ObjectStore counting(StoreRequests requests) {
    return new CountingRoute(location -> of(location).counting(requests));
  }

  private VersionedStore of(String location) {
    int end = location.indexOf("://");
    Supplier<VersionedStore> maker = end < 0 ? null : stores.get(location.substring(0, end));
    if (maker != null) {
      return made.computeIfAbsent(maker, Supplier::get);
    }
    if (otherwise == null) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          "'%s' lies in no store that is open here: locations begin with %s"
              .formatted(location, String.join(":// or ", new TreeSet<>(stores.keySet())) + "://"));
    }
    return otherwise;
  }
}
