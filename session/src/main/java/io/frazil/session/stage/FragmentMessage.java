package io.frazil.session.stage;

import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.events.FragmentRequest;
import io.frazil.session.attempt.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A fragment as it travels: in the message, or as an object that the message names where it is
/// large. Leaders put many into one message, and each further attempt sends it again.
///
/// @param location of the object, if it is one
record FragmentMessage(String json, Optional<String> location) {
  private static final int CHARACTERS_MAX = 1 << 20;

  /// @param location where it lies if it is large
  static FragmentMessage of(String json, ObjectStore store, String location) {
    if (json.length() <= CHARACTERS_MAX) {
      return new FragmentMessage(json, Optional.empty());
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (ObjectWriter object = store.create(location)) {
      object.write(bytes, 0, bytes.length);
      // One that is there already is of a coordinator that planned the same.
      boolean _ = object.commit();
    }
    return new FragmentMessage("", Optional.of(location));
  }

  FragmentRequest request(TaskId id, int attempt) {
    return location
        .map(at -> new FragmentRequest(id.query(), id.stage(), id.task(), attempt, null, at))
        .orElseGet(() -> new FragmentRequest(id.query(), id.stage(), id.task(), attempt, json));
  }
}
