package io.frazil.session.cost;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.events.FragmentResponse;
import io.frazil.session.cost.Ledger.Basis;

/// What attempts of one stage are paid by: those at one place and known in one way.
///
/// @param basis where `millis` is from; what was lost is assumed to have run until nobody waited
///   for it any more
/// @param attempts each of which was one invocation
/// @param millis that they ran, in all
/// @param gets how many objects or ranges they read, as far as they told
/// @param puts how many objects or parts they wrote, as far as they told
/// @param bytesRead of files and partials, as far as they told
public record Charge(
    int stage,
    Place place,
    Basis basis,
    long attempts,
    long millis,
    long gets,
    long puts,
    long bytesRead) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// What a worker said, or Lambda beside it. A response with an error is paid for as any other.
  static Charge of(int stage, Place place, FragmentResponse response) {
    FragmentResponse.Statistics told = response.statistics();
    Long billed = told.billedMillis();
    return new Charge(
        stage,
        place,
        billed == null ? Basis.MEASURED : Basis.REPORTED,
        1,
        billed == null ? Math.ceilDiv(told.wallNanos(), NANOS_PER_MILLI) : billed,
        told.gets(),
        told.puts(),
        told.nodes().values().stream()
            .mapToLong(node -> node.getOrDefault(Counter.READ_BYTES.name(), 0L))
            .sum());
  }

  /// What never answered.
  static Charge lost(int stage, Place place, long millis) {
    return new Charge(stage, place, Basis.ASSUMED, 1, millis, 0, 0, 0);
  }

  /// Whether these never answered.
  boolean isLost() {
    return basis == Basis.ASSUMED;
  }

  /// Both together, which differ in numbers only.
  Charge plus(Charge other) {
    return new Charge(
        stage,
        place,
        basis,
        attempts + other.attempts,
        millis + other.millis,
        gets + other.gets,
        puts + other.puts,
        bytesRead + other.bytesRead);
  }
}
