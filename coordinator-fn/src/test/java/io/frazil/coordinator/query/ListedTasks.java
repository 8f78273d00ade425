package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.Json;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.TaskException;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs what steps list, in the place of a state machine.
record ListedTasks(WorkerHandler worker) {
  /// On workers that have no memory.
  static ListedTasks withoutMemory(ObjectStore store) {
    return over(store, new MemoryPool(1));
  }

  /// On workers that have a store of their own.
  static ListedTasks over(ObjectStore store) {
    return over(store, new MemoryPool(1 << 30));
  }

  private static ListedTasks over(ObjectStore store, MemoryPool memory) {
    return new ListedTasks(
        new WorkerHandler(
            new FragmentRunner(
                store,
                BuiltInAggregates.register(BuiltInFunctions.registry()),
                memory,
                Duration.ofSeconds(1))));
  }

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

  /// An attempt that fails in such a way.
  void fail(StoredTask task, int attempt, Class<? extends TaskException> failure) {
    byte[] message = Json.encode(new RunStoredTask(task, attempt));
    assertThatThrownBy(() -> worker.handle(message)).isInstanceOf(failure);
  }

  /// Step by step to the end.
  void runAll(String id, QuerySteps steps) {
    var step = StepQuery.of(id);
    for (StepAnswer next = steps.step(step); next.next() != Next.DONE; next = steps.step(step)) {
      run(next);
    }
  }
}
