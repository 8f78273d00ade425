package io.frazil.coordinator.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.coordinator.StepUnavailable;
import io.frazil.events.RunStoredTask;
import io.frazil.worker.CancelledFailure;
import io.frazil.worker.InvalidMessage;
import io.frazil.worker.ResourceFailure;
import io.frazil.worker.TaskException;
import io.frazil.worker.TaskFailure;
import io.frazil.worker.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the state machine tries again, and where it goes otherwise. Names of errors are those of
/// Lambda and Step Functions. Source: AWS, "Handling errors in Step Functions workflows".
final class DefinitionTest {
  private static final String TEXT = read();
  private static final JsonNode DEFINITION = json(TEXT);
  private static final JsonNode STATES = DEFINITION.required("States");
  private static final JsonNode WORK = STATES.at("/Tasks/ItemProcessor/States/Work");
  private static final JsonNode LARGE = STATES.at("/Tasks/ItemProcessor/States/WorkLarge");

  static Stream<Arguments> tasks() {
    return Stream.of(
        arguments(TaskFailure.class.getName(), 0, "fails"),
        arguments(CancelledFailure.class.getName(), 0, "fails"),
        arguments(InvalidMessage.class.getName(), 0, "fails"),
        arguments(ResourceFailure.class.getName(), 0, "WorkLarge"),
        arguments("Runtime.OutOfMemory", 0, "WorkLarge"),
        arguments("java.lang.OutOfMemoryError", 0, "WorkLarge"),
        arguments("Runtime.ExitError", 1, "WorkLarge"),
        arguments("Sandbox.Timedout", 1, "WorkLarge"),
        arguments(TransientFailure.class.getName(), 3, "fails"),
        arguments("Lambda.ServiceException", 3, "fails"),
        arguments("States.Timeout", 3, "fails"),
        arguments("Lambda.TooManyRequestsException", 20, "fails"),
        arguments("Lambda.SnapStartNotReadyException", 20, "fails"),
        arguments("Lambda.ResourceNotFoundException", 0, "fails"));
  }

  /// As the dispatcher has it: what was too large goes to the large worker at once, what is lost is
  /// tried again before.
  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskIsTriedAgainAndThenOnTheLargeWorker(String error, int again, String then) {
    assertThat(retries(WORK, error)).isEqualTo(again);
    assertThat(next(WORK, error)).isEqualTo(then);
  }

  static Stream<Arguments> tasksOnTheLargeWorker() {
    return Stream.of(
        arguments(TaskFailure.class.getName(), 0),
        arguments(CancelledFailure.class.getName(), 0),
        arguments(ResourceFailure.class.getName(), 0),
        arguments("Runtime.OutOfMemory", 0),
        arguments("Runtime.ExitError", 1),
        arguments("Sandbox.Timedout", 1),
        arguments(TransientFailure.class.getName(), 6),
        arguments("Lambda.Unknown", 6),
        arguments("Lambda.ServiceException", 6),
        arguments("Lambda.TooManyRequestsException", 20),
        arguments("Lambda.SnapStartNotReadyException", 20));
  }

  @ParameterizedTest
  @MethodSource("tasksOnTheLargeWorker")
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

  /// What is thrown under another name is tried again as nothing is, or as everything is.
  @Test
  void errorsOfOurOwnAreNamedAsTheyAreThrown() {
    assertThat(ownErrors(WORK)).containsExactlyInAnyOrderElementsOf(thrownByWorkers());
    assertThat(ownErrors(LARGE)).isSubsetOf(thrownByWorkers());
    assertThat(ownErrors(DEFINITION))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(thrownByWorkers().stream(), Stream.of(StepUnavailable.class.getName()))
                .toList());
  }

  private static Set<String> thrownByWorkers() {
    return Stream.concat(
            Arrays.stream(TaskException.class.getPermittedSubclasses()),
            Stream.of(InvalidMessage.class))
        .map(Class::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> ownErrors(JsonNode within) {
    return within.findValues("ErrorEquals").stream()
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::asText)
        .filter(name -> name.startsWith("io.frazil."))
        .collect(Collectors.toSet());
  }

  /// Else thousands of tasks that were refused together come together again.
  @Test
  void whatIsTriedAgainWaitsLongerEachTimeAndNotAllAtOnce() {
    List<JsonNode> retries =
        DEFINITION.findValues("Retry").stream()
            .flatMap(JsonNode::valueStream)
            .filter(retry -> retry.required("MaxAttempts").asInt() > 0)
            .toList();
    assertThat(retries)
        .hasSizeGreaterThan(4)
        .allSatisfy(retry -> {
          assertThat(retry.required("IntervalSeconds").asInt()).isPositive();
          assertThat(retry.required("BackoffRate").asInt()).isEqualTo(2);
          assertThat(retry.required("JitterStrategy").asText()).isEqualTo("FULL");
        });
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
