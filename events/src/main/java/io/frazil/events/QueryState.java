package io.frazil.events;

import io.frazil.json.Lenient;
import org.jspecify.annotations.Nullable;

/// Where a query is in its life: the one object of a query that changes. Times are milliseconds
/// since 1970 in UTC.
///
/// @param epoch how many coordinators have taken the query on so far; each writes under its own
/// @param lost how many of those were lost, one after the other without getting further: their
///   lease ran out, and they had not left; null for none
/// @param lostAt the furthest stage that ran when one was lost; null where none was
/// @param owner which coordinator has it; null before the first, and where it was left to the next
/// @param leaseMillis until when it is the owner's; another may take it on after that
/// @param startedMillis when the first coordinator took it on
/// @param endedMillis when it came to its end
/// @param progress as its owner last reported
/// @param spent what it had been paid by then; null for nothing, and once its owner has ended it
/// @param error why it failed, if it did
@Lenient
public record QueryState(
    Phase phase,
    int epoch,
    @Nullable Integer lost,
    @Nullable Integer lostAt,
    @Nullable String owner,
    long leaseMillis,
    long submittedMillis,
    @Nullable Long startedMillis,
    @Nullable Long endedMillis,
    @Nullable Progress progress,
    @Nullable Spent spent,
    @Nullable ErrorMessage error) {
  /// A terminal phase never changes.
  public enum Phase {
    /// Nobody works on it yet.
    ACCEPTED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isTerminal() {
      return switch (this) {
        case ACCEPTED, RUNNING -> false;
        case DONE, FAILED, CANCELLED -> true;
      };
    }
  }

  /// @param stage number of the stage that runs, from 0
  /// @param bytesToRead after pruning; 0 where that is not known
  public record Progress(
      int stage,
      int stages,
      int tasksDone,
      int tasks,
      long rows,
      long bytesRead,
      long bytesToRead) {}

  /// A query that nobody works on yet.
  ///
  /// @param spent on accepting it
  public static QueryState accepted(long nowMillis, Spent spent) {
    return new QueryState(
        Phase.ACCEPTED, 0, null, null, null, 0, nowMillis, null, null, null, spent, null);
  }

  /// What it has been paid by, as its owner last said.
  public Spent soFar() {
    return spent == null ? Spent.NOTHING : spent;
  }

  /// How many of its owners were lost since one got further than any that was lost before.
  public int ownersLost() {
    return lost == null ? 0 : lost;
  }

  /// The same, whose owner was lost.
  public QueryState ownerLost() {
    int stage = progress == null ? 0 : progress.stage();
    boolean gotFurther = lostAt != null && stage > lostAt;
    return new QueryState(
        phase,
        epoch,
        gotFurther ? 1 : ownersLost() + 1,
        lostAt == null ? stage : Integer.valueOf(Math.max(lostAt, stage)),
        null,
        leaseMillis,
        submittedMillis,
        startedMillis,
        endedMillis,
        progress,
        spent,
        error);
  }

  /// The same, taken on by a coordinator.
  ///
  /// @param now what it has been paid by when that begins
  public QueryState takenBy(String coordinator, long nowMillis, long untilMillis, Spent now) {
    return new QueryState(
        Phase.RUNNING,
        epoch + 1,
        lost,
        lostAt,
        coordinator,
        untilMillis,
        submittedMillis,
        startedMillis == null ? nowMillis : startedMillis,
        null,
        progress,
        now,
        null);
  }

  /// The same, its owner still at work.
  public QueryState renewed(long untilMillis, @Nullable Progress reached, Spent now) {
    return handedTo(owner, untilMillis, reached, now);
  }

  /// The same, left by its owner to another.
  ///
  /// @param next who goes on with it; null for whoever comes
  public QueryState handedTo(
      @Nullable String next, long untilMillis, @Nullable Progress reached, Spent now) {
    return new QueryState(
        phase,
        epoch,
        lost,
        lostAt,
        next,
        untilMillis,
        submittedMillis,
        startedMillis,
        null,
        reached,
        now,
        null);
  }

  /// The same ended by somebody else than its owner, who leaves what it had been paid by.
  ///
  /// @param failure why it failed; null if it did not
  public QueryState endedUnattended(Phase end, long nowMillis, @Nullable ErrorMessage failure) {
    return ended(end, nowMillis, spent, failure);
  }

  /// The same at its end.
  ///
  /// @param failure why it failed; null if it did not
  public QueryState ended(Phase end, long nowMillis, @Nullable ErrorMessage failure) {
    return ended(end, nowMillis, null, failure);
  }

  private QueryState ended(
      Phase end, long nowMillis, @Nullable Spent told, @Nullable ErrorMessage failure) {
    Json.require(end.isTerminal(), "an end is a terminal phase");
    return new QueryState(
        end,
        epoch,
        lost,
        lostAt,
        owner,
        0,
        submittedMillis,
        startedMillis,
        nowMillis,
        progress,
        told,
        failure);
  }
}
