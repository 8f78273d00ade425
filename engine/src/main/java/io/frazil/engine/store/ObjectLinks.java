package io.frazil.engine.store;

import java.time.Duration;
import java.time.Instant;

/// Gives others an object to read, without their having to show who they are.
@FunctionalInterface
public interface ObjectLinks {
  /// An object's address for a while.
  ///
  /// @param address a URL by which whoever has it reads the object, its ranges too
  /// @param end when it ends to work
  record Link(String address, Instant end) {}

  /// @param lasting for how long at most: a link ends with what it was signed by
  /// @throws io.frazil.engine.error.FrazilException NOT_SUPPORTED where such a location has none
  Link link(String location, Duration lasting);
}
