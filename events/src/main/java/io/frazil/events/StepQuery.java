package io.frazil.events;

import io.frazil.json.JsonName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells a coordinator to make the next step of a query whose tasks a state machine runs.
///
/// @param step the query's id
/// @param failed what the state machine could not get done; null where all went well
/// @param children what the state machine runs tasks as, by which they are paid for; null where it
///   does not say
/// @param execution the name of the execution that has the step made; null where it does not say
public record StepQuery(
    String step, @Nullable Failed failed, @Nullable Children children, @Nullable String execution) {
  /// Of what Step Functions takes, what is sure to be no part of another name.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  public StepQuery {
    Json.require(step.matches("[0-9a-f]{8,64}"), "step must be the id of a query");
    Json.require(
        execution == null || NAME.matcher(execution).matches(),
        "execution must be the name of an execution");
  }

  /// Where all went well.
  public static StepQuery of(String query) {
    return new StepQuery(query, null, null, null);
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
