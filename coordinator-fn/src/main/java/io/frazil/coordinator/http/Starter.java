package io.frazil.coordinator.http;

/// Sees to it that a query is worked on which was accepted; what comes of it is read from its
/// state.
@FunctionalInterface
public interface Starter {
  /// Has a coordinator take it on.
  ///
  /// @throws io.frazil.engine.error.FrazilException of class TRANSIENT where none can be called
  ///   now, INTERNAL where none can be as this is deployed
  void handOver(String id);

  /// Works on it here, for as long as a request may take, or hands it over.
  default void start(String id) {
    handOver(id);
  }
}
