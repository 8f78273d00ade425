package io.frazil.engine.store;

import java.util.Optional;

/// A store whose objects can be exchanged by whoever saw their latest version: for the few small
/// ones that change, such as a query's state.
public interface VersionedStore extends ObjectStore {
  /// Puts `content` in the place of the version that was seen (`If-Match`). Of many that saw the
  /// same version one succeeds.
  ///
  /// @return the object as it is now, or empty where it is another version by then
  Optional<ObjectInfo> replace(ObjectInfo seen, byte[] content);
}
