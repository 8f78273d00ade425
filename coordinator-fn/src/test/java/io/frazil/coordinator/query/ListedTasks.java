package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.Json;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs what steps list, in the place of a state machine.
record ListedTasks(WorkerHandler worker) {
  /// Those that a step listed.
  static List<StoredTask> of(StepAnswer answer) {
    assertThat(answer.next()).isEqualTo(Next.TASKS);
    try {
      var tasks = new ArrayList<StoredTask>();
      for (JsonNode task : new ObjectMapper().readTree(Path.of(answer.key()).toFile())) {
        byte[] message = task.toString().getBytes(StandardCharsets.UTF_8);
        tasks.add(Json.decode(message, StoredTask.class));
      }
      assertThat(tasks).hasSize(answer.tasks());
      return tasks;
    } catch (IOException e) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, answer.key(), e);
    }
  }

  void run(StepAnswer answer) {
    of(answer).forEach(task -> run(task, 1));
  }

  void run(StoredTask task, int attempt) {
    byte[] answer = worker.handle(Json.encode(new RunStoredTask(task, attempt)));
    assertThat(answer).asString().isEqualTo("{}");
  }

  /// Step by step to the end.
  void runAll(String id, QuerySteps steps) {
    var step = StepQuery.of(id);
    for (StepAnswer next = steps.step(step); next.next() != Next.DONE; next = steps.step(step)) {
      run(next);
    }
  }
}
