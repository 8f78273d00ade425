package io.frazil.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.events.StoredTask.Retry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The messages between a state machine and the functions.
class StepMessagesTest {
  @Test
  void aStateMachinesOwnErrorIsRead() {
    var step =
        decode(
            """
            {"step": "0123456789abcdef", "failed": {"Error": "States.Timeout", "Cause": ""}}\
            """);
    assertThat(step.failed()).isEqualTo(new StepQuery.Failed("States.Timeout", ""));
  }

  @Test
  void aFailureMayHaveNoCause() {
    var step =
        decode("{\"step\": \"0123456789abcdef\", \"failed\": {\"Error\": \"States.Timeout\"}}");
    assertThat(step.failed()).isEqualTo(new StepQuery.Failed("States.Timeout", null));
  }

  @Test
  void aStateMachineSaysWhatItRunsTasksAs() {
    var step = decode("{\"step\": \"0123456789abcdef\", \"children\": \"EXPRESS\"}");
    assertThat(step.children()).isEqualTo(StepQuery.Children.EXPRESS);
    assertThat(text(StepQuery.of(step.step()))).isEqualTo("{\"step\":\"0123456789abcdef\"}");
  }

  @Test
  void aStateMachineSaysWhichOfItsExecutionsAsks() {
    var step = decode("{\"step\": \"0123456789abcdef\", \"execution\": \"0123456789abcdef-1\"}");
    assertThat(step.execution()).isEqualTo("0123456789abcdef-1");
    assertThatThrownBy(() -> decode("{\"step\": \"0123456789abcdef\", \"execution\": \"a/b\"}"))
        .isInstanceOf(MessageException.class)
        .hasMessageContaining("execution must be the name of an execution");
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertThatThrownBy(() -> decode("{\"step\": \"../other\"}"))
        .isInstanceOf(MessageException.class)
        .hasMessageContaining("step must be the id of a query");
  }

  @Test
  void anAnswerHasEveryMember() {
    assertThat(text(StepAnswer.of(StepAnswer.Next.DONE)))
        .isEqualTo(
            "{\"next\":\"done\",\"bucket\":\"\",\"key\":\"\",\"tasks\":0,\"concurrency\":1}");
  }

  @Test
  void aTaskOfNoLengthIsRefused() {
    assertThatThrownBy(() ->
            new StoredTask(
                "q", 0, 0, "s3://b/f", 0, 0, "s3://b/c", "s3://b/r", "s3://b/a.", Retry.AT_ONCE))
        .hasMessage("length must be that of a request");
  }

  private static StepQuery decode(String json) {
    return Json.decode(json.getBytes(StandardCharsets.UTF_8), StepQuery.class);
  }

  private static String text(Object message) {
    return new String(Json.encode(message), StandardCharsets.UTF_8);
  }
}
