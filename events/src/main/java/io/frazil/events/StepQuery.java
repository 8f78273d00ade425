package io.frazil.events;

import io.frazil.json.JsonName;
import org.jspecify.annotations.Nullable;

/// Tells a coordinator to make the next step of a query whose tasks a state machine runs.
///
/// @param step the query's id
/// @param failed what the state machine could not get done; null where all went well
/// @param children what the state machine runs tasks as, by which they are paid for; null where it
///   does not say
public record StepQuery(String step, @Nullable Failed failed, @Nullable Children children) {
  public StepQuery {
    Json.require(step.matches("[0-9a-f]{8,64}"), "step must be the id of a query");
  }

  /// Where all went well.
  public static StepQuery of(String query) {
    return new StepQuery(query, null, null);
  }

  /// The type of the executions that a distributed map has.
  public enum Children {
    @JsonName("STANDARD")
    STANDARD,
    @JsonName("EXPRESS")
    EXPRESS
  }

  /// An error as a state machine has it.
  ///
  /// @param error its name
  /// @param cause what is known of it
  public record Failed(
      @JsonName("Error") @Nullable String error, @JsonName("Cause") @Nullable String cause) {}
}
