package io.frazil.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Tells a coordinator to make the next step of a query whose tasks a state machine runs.
///
/// @param step the query's id
/// @param failed what the state machine could not get done; null where all went well
/// @param children what the state machine runs tasks as, by which they are paid for; null where it
///   does not say
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    STANDARD,
    EXPRESS
  }

  /// An error as a state machine has it.
  ///
  /// @param error its name
  /// @param cause what is known of it
  public record Failed(
      @JsonProperty("Error") @Nullable String error,
      @JsonProperty("Cause") @Nullable String cause) {}
}
