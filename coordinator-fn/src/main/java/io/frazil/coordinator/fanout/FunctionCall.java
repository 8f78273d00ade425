package io.frazil.coordinator.fanout;

import java.util.OptionalLong;

/// A function that can be called. Safe for use by many threads.
@FunctionalInterface
public interface FunctionCall {
  /// Calls it once and waits for what it gives.
  ///
  /// @throws io.frazil.engine.error.FrazilException with a code that says whether another try may
  ///   do: THROTTLED, ATTEMPT_LOST, WORKER_DIED, MEMORY_LIMIT; any other where none will
  Answer call(byte[] payload);

  /// What a function gave.
  ///
  /// @param billedMillis what Lambda bills for it, where it said so
  @SuppressWarnings("ArrayRecordComponent") // Handed on once and never compared.
  record Answer(byte[] payload, OptionalLong billedMillis) {}
}
