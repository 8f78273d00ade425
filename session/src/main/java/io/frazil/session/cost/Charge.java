package io.frazil.session.cost;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.events.FragmentResponse;
import io.frazil.events.RunStoredTask;
import io.frazil.events.Spent;
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

  /// The same of an attempt that failed. A leader tells only how long it waited for a worker that
  /// told nothing.
  static Charge ofFailed(int stage, Place place, FragmentResponse response) {
    FragmentResponse.Statistics told = response.statistics();
    boolean timedOnly =
        told.billedMillis() == null && told.cpuNanos() == 0 && told.gets() == 0 && told.puts() == 0;
    return timedOnly
        ? lost(stage, place, Math.ceilDiv(told.wallNanos(), NANOS_PER_MILLI))
        : of(stage, place, response);
  }

  /// The same of a stored task's attempt, whose number says where it ran.
  static Charge ofStoredTask(int stage, FragmentResponse response) {
    return of(stage, place(response), response);
  }

  /// Where an attempt of a stored task ran.
  static Place place(FragmentResponse response) {
    return RunStoredTask.isOnLargeWorker(response.attempt()) ? Place.LARGE_WORKER : Place.WORKER;
  }

  /// What never answered.
  static Charge lost(int stage, Place place, long millis) {
    return assumed(stage, place, 1, millis);
  }

  /// What came to a worker and was handed on to a large one at once.
  static Charge passed(int stage, long attempts) {
    return new Charge(stage, Place.WORKER, Basis.MEASURED, attempts, 0, 0, 0, 0);
  }

  /// What nobody told of.
  ///
  /// @param millis in all
  static Charge assumed(int stage, Place place, long attempts, long millis) {
    return new Charge(stage, place, Basis.ASSUMED, attempts, millis, 0, 0, 0);
  }

  /// A leader's.
  ///
  /// @param stage of the first of the tasks that it handed on
  public static Charge leader(int stage, Basis basis, long millis) {
    return new Charge(stage, Place.LEADER, basis, 1, millis, 0, 0, 0);
  }

  /// As another coordinator told of it.
  static Charge of(Spent.Attempts told) {
    return new Charge(
        told.stage(),
        Place.valueOf(told.place().name()),
        Basis.valueOf(told.basis().name()),
        told.count(),
        told.millis(),
        told.gets(),
        told.puts(),
        told.bytesRead());
  }

  /// To tell another coordinator.
  Spent.Attempts told(Spent.Outcome outcome) {
    return new Spent.Attempts(
        stage,
        Spent.Place.valueOf(place.name()),
        outcome,
        Spent.Basis.valueOf(basis.name()),
        attempts,
        millis,
        gets,
        puts,
        bytesRead);
  }

  /// The same of no stage that there is any more.
  Charge ofNoStage() {
    return new Charge(Spent.NO_STAGE, place, basis, attempts, millis, gets, puts, bytesRead);
  }

  /// Whether a response tells what it took: one that was made up from a partial does not.
  static boolean isTold(FragmentResponse response) {
    FragmentResponse.Statistics told = response.statistics();
    return told.wallNanos() > 0 || told.billedMillis() != null;
  }

  /// Whether these told nothing of what they asked of S3.
  boolean isUntold() {
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
