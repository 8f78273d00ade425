package io.frazil.coordinator.query;

import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who has a query, as its state names them: a coordinator by a name that it made for this query,
/// or between two steps the execution of the state machine that has them made.
final class Owner {
  private static final String STEPS = "steps";
  private static final String EXECUTION = STEPS + "/";

  private Owner() {}

  /// A coordinator. Made anew each time: one that was made before a snapshot would be that of many
  /// processes.
  static String coordinator() {
    return UUID.randomUUID().toString();
  }

  /// @param execution its name; null where nobody said it
  static String steps(@Nullable String execution) {
    return execution == null ? STEPS : EXECUTION + execution;
  }

  /// Whether a query is with a state machine, between two steps.
  static boolean isSteps(QueryState state) {
    String owner = state.owner();
    return state.phase() == Phase.RUNNING
        && owner != null
        && (owner.equals(STEPS) || owner.startsWith(EXECUTION));
  }

  /// The execution that a query is with, where it is with one whose name was said.
  static Optional<String> execution(QueryState state) {
    return Optional.ofNullable(state.owner())
        .filter(owner -> isSteps(state) && owner.startsWith(EXECUTION))
        .map(owner -> owner.substring(EXECUTION.length()));
  }

  /// Whether a query is an execution's, and not this one's.
  static boolean isAnothers(QueryState state, @Nullable String execution) {
    Optional<String> owner = execution(state);
    return owner.isPresent() && execution != null && !owner.get().equals(execution);
  }

  /// What a query is to who would take it on.
  enum Hold {
    /// Somebody's, or over.
    HELD,
    /// Nobody's: not begun, or left.
    FREE,
    /// Of somebody who has not said so for too long, and had not left.
    LOST
  }

  static Hold hold(QueryState state, long nowMillis) {
    return switch (state.phase()) {
      case ACCEPTED -> Hold.FREE;
      case RUNNING ->
          state.leaseMillis() >= nowMillis
              ? Hold.HELD
              : state.owner() == null ? Hold.FREE : Hold.LOST;
      case DONE, FAILED, CANCELLED -> Hold.HELD;
    };
  }

  /// Whether nobody has said that a query is theirs, or not for too long.
  static boolean isNone(QueryState state, long nowMillis) {
    return hold(state, nowMillis) != Hold.HELD;
  }
}
