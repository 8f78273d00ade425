package io.frazil.events;

import io.frazil.json.Lenient;
import java.util.List;

/// What a query has been paid by so far, in the units of prices: what its coordinators tell each
/// other, so that the last one's bill is the whole query's. Its owner writes it down as often as it
/// says that it is at work.
///
/// @param coordinators how many invocations worked for it, this owner's among them
/// @param megabyteMillis how long those ran, by their memory, as far as they said so
/// @param assumedMegabyteMillis how long those are taken to have run besides that were lost
/// @param unsaidMegabyteMillis what the owner may have run since it wrote this; 0 once it has left
/// @param gets how many objects, ranges and heads coordinators read
/// @param puts how many objects and parts they wrote, or listings they made
/// @param httpRequests to the HTTP API
/// @param steps that a state machine had made
/// @param stepTasks how many tasks these listed
@Lenient
public record Spent(
    long coordinators,
    long megabyteMillis,
    long assumedMegabyteMillis,
    long unsaidMegabyteMillis,
    long gets,
    long puts,
    long httpRequests,
    long steps,
    long stepTasks,
    List<Attempts> attempts) {
  /// Of a query that nobody worked for.
  public static final Spent NOTHING = new Spent(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  /// Far more than any query takes, and so little that all of them together do not overflow: what
  /// is said to be more counts as this.
  public static final long AMOUNT_MAX = 1L << 51;

  private static final int ATTEMPTS_MAX = 4_000;

  /// Of attempts whose plan was given up.
  public static final int NO_STAGE = -1;

  public Spent {
    attempts = List.copyOf(attempts);
    Json.require(attempts.size() <= ATTEMPTS_MAX, "attempts must be at most " + ATTEMPTS_MAX);
    coordinators = amount(coordinators);
    megabyteMillis = amount(megabyteMillis);
    assumedMegabyteMillis = amount(assumedMegabyteMillis);
    unsaidMegabyteMillis = amount(unsaidMegabyteMillis);
    gets = amount(gets);
    puts = amount(puts);
    httpRequests = amount(httpRequests);
    steps = amount(steps);
    stepTasks = amount(stepTasks);
  }

  /// Attempts of one stage that differ in numbers only.
  ///
  /// @param stage of the query's plan, or [#NO_STAGE]
  /// @param count how many
  /// @param millis that they ran, in all
  public record Attempts(
      int stage,
      Place place,
      Outcome outcome,
      Basis basis,
      long count,
      long millis,
      long gets,
      long puts,
      long bytesRead) {
    public Attempts {
      Json.require(stage >= NO_STAGE, "stage must be one of a plan");
      count = amount(count);
      millis = amount(millis);
      gets = amount(gets);
      puts = amount(puts);
      bytesRead = amount(bytesRead);
    }
  }

  /// What ran them.
  public enum Place {
    WORKER,
    LARGE_WORKER,
    LEADER
  }

  /// What became of them.
  public enum Outcome {
    SUCCEEDED,
    /// Or were lost, or handed tasks on.
    FAILED,
    /// They failed, and what they took lies where whoever goes on with the query finds it.
    LEFT,
    /// They ran still.
    RUNNING
  }

  /// How their time is known.
  public enum Basis {
    REPORTED,
    MEASURED,
    ASSUMED
  }

  /// Of a query that came through the HTTP API.
  public static Spent byHttpRequest() {
    return new Spent(0, 0, 0, 0, 0, 0, 1, 0, 0, List.of());
  }

  /// The same with another owner, who begins now. An owner before that never said that it left is
  /// taken to have worked on until it would have said something next.
  ///
  /// @param unsaid what this one may run until it first says something
  public Spent takenOn(long unsaid) {
    return new Spent(
        coordinators + 1,
        megabyteMillis,
        assumedMegabyteMillis + unsaidMegabyteMillis,
        unsaid,
        gets,
        puts,
        httpRequests,
        steps,
        stepTasks,
        attempts);
  }

  /// The same after the owner worked longer.
  public Spent worked(long more) {
    return new Spent(
        coordinators,
        megabyteMillis + more,
        assumedMegabyteMillis,
        unsaidMegabyteMillis,
        gets,
        puts,
        httpRequests,
        steps,
        stepTasks,
        attempts);
  }

  /// The same with a step of a state machine more.
  ///
  /// @param tasks that it listed
  public Spent stepped(long tasks) {
    return new Spent(
        coordinators,
        megabyteMillis,
        assumedMegabyteMillis,
        unsaidMegabyteMillis,
        gets,
        puts,
        httpRequests,
        steps + 1,
        stepTasks + tasks,
        attempts);
  }

  /// The same from an owner that leaves now.
  public Spent left() {
    return new Spent(
        coordinators,
        megabyteMillis,
        assumedMegabyteMillis,
        0,
        gets,
        puts,
        httpRequests,
        steps,
        stepTasks,
        attempts);
  }

  private static long amount(long said) {
    Json.require(said >= 0, "what is spent is never less than nothing");
    return Math.min(said, AMOUNT_MAX);
  }
}
