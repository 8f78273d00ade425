package io.frazil.coordinator.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.coordinator.StepUnavailable;
import io.frazil.events.RunStoredTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the state machine tries again, and where it goes otherwise. Names of errors are those of
/// Lambda and Step Functions. Source: AWS, "Handling errors in Step Functions workflows".
final class DefinitionTest {
  private static final String TEXT = read();
  private static final JsonNode DEFINITION = json(TEXT);
  private static final JsonNode STATES = DEFINITION.required("States");
  private static final JsonNode WORK = STATES.at("/Tasks/ItemProcessor/States/Work");
  private static final JsonNode LARGE = STATES.at("/Tasks/ItemProcessor/States/WorkLarge");

  /// As the dispatcher has it: what was too large goes to the large worker at once, what is lost is
  /// tried again before.
  @ParameterizedTest
  @CsvSource({
    "io.frazil.worker.TaskFailure, 0, fails",
    "io.frazil.worker.CancelledFailure, 0, fails",
    "io.frazil.worker.InvalidMessage, 0, fails",
    "io.frazil.worker.ResourceFailure, 0, WorkLarge",
    "Runtime.OutOfMemory, 0, WorkLarge",
    "java.lang.OutOfMemoryError, 0, WorkLarge",
    "Runtime.ExitError, 1, WorkLarge",
    "Sandbox.Timedout, 1, WorkLarge",
    "io.frazil.worker.TransientFailure, 3, fails",
    "Lambda.ServiceException, 3, fails",
    "States.Timeout, 3, fails",
    "Lambda.TooManyRequestsException, 20, fails",
    "Lambda.SnapStartNotReadyException, 20, fails",
    "Lambda.ResourceNotFoundException, 0, fails"
  })
  void aTaskIsTriedAgainAndThenOnTheLargeWorker(String error, int again, String then) {
    assertThat(retries(WORK, error)).isEqualTo(again);
    assertThat(next(WORK, error)).isEqualTo(then);
  }

  @ParameterizedTest
  @CsvSource({
    "io.frazil.worker.TaskFailure, 0",
    "io.frazil.worker.CancelledFailure, 0",
    "io.frazil.worker.ResourceFailure, 0",
    "Runtime.OutOfMemory, 0",
    "Runtime.ExitError, 1",
    "Sandbox.Timedout, 1",
    "io.frazil.worker.TransientFailure, 6",
    "Lambda.Unknown, 6",
    "Lambda.ServiceException, 6",
    "Lambda.TooManyRequestsException, 20",
    "Lambda.SnapStartNotReadyException, 20"
  })
  void aTaskIsTriedAgainOnTheLargeWorker(String error, int again) {
    assertThat(retries(LARGE, error)).isEqualTo(again);
    assertThat(next(LARGE, error)).isEqualTo("fails");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Step", "GiveUp"})
  void aStepIsTriedAgainWhereItMaySucceedThen(String state) {
    for (String error :
        Set.of(
            StepUnavailable.class.getName(),
            "Runtime.ExitError",
            "Sandbox.Timedout",
            "Lambda.ServiceException",
            "Lambda.SnapStartNotReadyException")) {
      assertThat(retries(STATES.required(state), error)).as(error).isPositive();
    }
    assertThat(retries(STATES.required(state), "Lambda.ResourceNotFoundException")).isZero();
  }

  /// An error is an answer without `next`.
  @ParameterizedTest
  @CsvSource({"WhatNext, $.next, Refused", "GivenUp, $.given.answer.next, RefusedToGiveUp"})
  void aStepThatIsRefusedEndsTheExecution(String state, String variable, String end) {
    JsonNode first = STATES.required(state).required("Choices").required(0);
    assertThat(first.required("Variable").asText()).isEqualTo(variable);
    assertThat(first.required("IsPresent").asBoolean()).isFalse();
    assertThat(first.required("Next").asText()).isEqualTo(end);
    assertThat(STATES.required(end).required("Type").asText()).isEqualTo("Fail");
  }

  @Test
  void attemptsOnTheLargeWorkerAreCountedFromWhereTheyAreKnownBy() {
    assertThat(LARGE.at("/Parameters/Payload/attempt.$").asText())
        .isEqualTo("States.MathAdd($$.State.RetryCount, %d)".formatted(RunStoredTask.FIRST_LARGE));
  }

  @Test
  void everyStateIsReached() {
    Set<String> reached = new HashSet<>();
    reached.add(DEFINITION.required("StartAt").asText());
    STATES.findValues("Next").forEach(next -> reached.add(next.asText()));
    STATES.findValues("Default").forEach(next -> reached.add(next.asText()));
    reached.remove("WorkLarge");
    assertThat(STATES.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(reached);
  }

  @Test
  void itNamesNoPartition() {
    assertThat(TEXT).doesNotContain("arn:aws").contains("arn:${Partition}:states:::lambda:invoke");
  }

  /// How often a state is tried again for an error.
  private static int retries(JsonNode state, String error) {
    return StreamSupport.stream(state.path("Retry").spliterator(), false)
        .filter(retry -> names(retry, error))
        .findFirst()
        .map(retry -> retry.required("MaxAttempts").asInt())
        .orElse(0);
  }

  /// Where a state goes after that.
  private static String next(JsonNode state, String error) {
    return StreamSupport.stream(state.path("Catch").spliterator(), false)
        .filter(caught -> names(caught, error))
        .findFirst()
        .map(caught -> caught.required("Next").asText())
        .orElse("fails");
  }

  private static boolean names(JsonNode errors, String error) {
    return StreamSupport.stream(errors.required("ErrorEquals").spliterator(), false)
        .map(JsonNode::asText)
        .anyMatch(name -> name.equals(error) || name.equals("States.ALL"));
  }

  private static String read() {
    try {
      return Files.readString(Path.of("src", "main", "asl", "query.asl.json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
