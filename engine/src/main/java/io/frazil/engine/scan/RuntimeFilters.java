package io.frazil.engine.scan;

import io.frazil.engine.evaluate.RuntimeFilter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The runtime filters of a task, by id. A join publishes one when its build side is complete;
/// scans ask before each morsel. Safe for use by many threads.
public final class RuntimeFilters {
  private final Map<Integer, RuntimeFilter> filters = new ConcurrentHashMap<>();

  public void publish(int filterId, RuntimeFilter filter) {
    filters.put(filterId, filter);
  }

  /// The filter, or empty while its build side is not complete.
  public Optional<RuntimeFilter> find(int filterId) {
    return Optional.ofNullable(filters.get(filterId));
  }
}
