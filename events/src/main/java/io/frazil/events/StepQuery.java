package io.frazil.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Tells a coordinator to make the next step of a query whose tasks a state machine runs.
///
/// @param step the query's id
/// @param failed what the state machine could not get done; null where all went well
public record StepQuery(String step, @Nullable Failed failed) {
  public StepQuery {
    Json.require(step.matches("[0-9a-f]{8,64}"), "step must be the id of a query");
  }

  /// An error as a state machine has it.
  ///
  /// @param error its name
  /// @param cause what is known of it
  public record Failed(
      @JsonProperty("Error") @Nullable String error,
      @JsonProperty("Cause") @Nullable String cause) {}
}
