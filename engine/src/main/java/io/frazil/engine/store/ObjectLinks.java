package io.frazil.engine.store;

import java.time.Duration;

/// Gives others an object to read, without their having to show who they are.
@FunctionalInterface
public interface ObjectLinks {
  /// A URL by which whoever has it reads the object for a while, its ranges too.
  ///
  /// @throws io.frazil.engine.error.FrazilException NOT_SUPPORTED where such a location has none
  String link(String location, Duration lasting);
}
