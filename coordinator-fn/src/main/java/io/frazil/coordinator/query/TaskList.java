package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.events.FragmentRequest;
import io.frazil.events.Json;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StoredTask;
import io.frazil.session.QueryStep;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.stage.StageSteps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The tasks of one step as objects: all their requests in one, and a list that says where in it
/// each begins, since what a state machine hands to a task is smaller than some requests.
final class TaskList {
  private static final String S3 = "s3://";

  private TaskList() {}

  /// Writes the first so many of a step's tasks.
  ///
  /// @param epoch of the coordinator, which makes one step
  static StepAnswer write(QueryStep.Tasks step, int epoch, int tasksMax) {
    StageObjects objects = step.objects();
    String folder = "%ssteps/%d/".formatted(objects.folder(), epoch);
    List<StageSteps.Task> tasks = step.tasks().subList(0, Math.min(tasksMax, step.tasks().size()));
    List<StoredTask> stored = writeRequests(objects, epoch, folder + "fragments", tasks);
    String list = folder + "tasks.json";
    create(objects.store(), list, Json.encode(stored));
    return answer(list, stored.size(), step.workers());
  }

  private static List<StoredTask> writeRequests(
      StageObjects objects, int epoch, String location, List<StageSteps.Task> tasks) {
    var stored = new ArrayList<StoredTask>();
    try (ObjectWriter writer = objects.store().create(location)) {
      for (StageSteps.Task task : tasks) {
        FragmentRequest request = task.request().get();
        byte[] bytes = Json.encode(request);
        stored.add(
            new StoredTask(
                request.query(),
                task.stage(),
                task.task(),
                location,
                writer.position(),
                bytes.length,
                objects.control(),
                objects.report(task.stage(), task.task()),
                objects.attempts(task.stage(), task.task(), epoch),
                task.retry()));
        writer.write(bytes, 0, bytes.length);
        writer.write(LINE_END, 0, LINE_END.length);
      }
      commit(writer, location);
    }
    return stored;
  }

  private static final byte[] LINE_END = "\n".getBytes(StandardCharsets.UTF_8);

  private static void create(ObjectStore store, String location, byte[] bytes) {
    try (ObjectWriter writer = store.create(location)) {
      writer.write(bytes, 0, bytes.length);
      commit(writer, location);
    }
  }

  private static void commit(ObjectWriter writer, String location) {
    if (!writer.commit()) {
      throw new FrazilException(ErrorCode.ALREADY_EXISTS, "'" + location + "' exists already");
    }
  }

  private static StepAnswer answer(String location, int tasks, int workers) {
    if (!location.startsWith(S3)) {
      return new StepAnswer(Next.TASKS, "", location, tasks, workers);
    }
    int slash = location.indexOf('/', S3.length());
    return new StepAnswer(
        Next.TASKS,
        location.substring(S3.length(), slash),
        location.substring(slash + 1),
        tasks,
        workers);
  }
}
