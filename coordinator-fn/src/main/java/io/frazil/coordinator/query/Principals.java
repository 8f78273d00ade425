package io.frazil.coordinator.query;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.session.QueryId;
import java.util.List;

/// Who asked for what lately: an empty object for each query, under its principal, the latest
/// first.
record Principals(QueryObjects objects) {
  private static final int TIME_DIGITS = 16;

  void add(String principal, long acceptedMillis, String id) {
    String inverted = "%016x".formatted(Long.MAX_VALUE - acceptedMillis);
    boolean _ = objects.put(folder(principal) + inverted + "-" + id, new byte[0]);
  }

  /// A query in a principal's list.
  ///
  /// @param place where it stands: the latest first
  record Listed(String place, String id) {}

  /// The latest queries first.
  ///
  /// @param after the place behind which to begin; empty for the first
  List<Listed> recent(String principal, String after, int most) {
    String folder = folder(principal);
    return objects.store().list(folder, after.isEmpty() ? "" : folder + after, most).stream()
        .map(ObjectInfo::location)
        .map(location -> location.substring(folder.length()))
        .map(place -> new Listed(place, place.substring(TIME_DIGITS + 1)))
        .toList();
  }

  /// A principal's name may hold anything, so a hash of it names the folder.
  private String folder(String principal) {
    return objects.root() + "principals/" + QueryId.of(principal, "") + "/";
  }
}
