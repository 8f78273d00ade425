package io.frazil.session.stage;

import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Stage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.StoredTask;
import io.frazil.session.cost.FailedAttempts;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.journal.TaskAttempts;
import io.frazil.session.statistics.StageTally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A query whose tasks somebody else runs, step by step: closes the stages whose tasks have all
/// told how they ended, and says which tasks may run now.
///
/// ```
///   [closed]  [ended]   [ready]   [last]      stage 0 is closed, 1 is closed now,
///      0   →     1   →     2   →    3         the tasks of 2 are to run
/// ```
///
/// A step that is made twice says the same twice.
public final class StageSteps {
  private final StagePlan plan;
  private final List<StageTally> tallies;
  private final StageEnvironment environment;
  private final StageJournal journal;
  private final StageShapes shapes;
  private final Map<Integer, StageOutput> outputs = new TreeMap<>();
  private final List<Task> ready = new ArrayList<>();

  /// A task that may run.
  ///
  /// @param before what earlier attempts left
  /// @param retry who decides whether it is tried again
  /// @param request makes its first attempt as a message: each may be large, and all are not needed
  ///   at a time
  public record Task(
      int stage,
      int task,
      TaskAttempts before,
      StoredTask.Retry retry,
      Supplier<FragmentRequest> request) {
    /// The same as one attempt, after which the next step decides.
    public Task once() {
      StoredTask.Retry once =
          before.isForLargeWorker() ? StoredTask.Retry.NEXT_STEP_LARGE : StoredTask.Retry.NEXT_STEP;
      return new Task(stage, task, before, once, request);
    }
  }

  private StageSteps(StagePlan plan, List<StageTally> tallies, StageEnvironment environment) {
    this.plan = plan;
    this.tallies = tallies;
    this.environment = environment;
    this.journal = environment.journal();
    this.shapes = new StageShapes(plan);
  }

  /// The tasks that are to run before anything else can.
  ///
  /// @param tallies one for each stage, which count what earlier steps closed
  /// @return none where only the last stage is left
  public static List<Task> next(
      StagePlan plan, List<StageTally> tallies, StageEnvironment environment) {
    return List.copyOf(new StageSteps(plan, tallies, environment).visited().ready);
  }

  /// The tasks that earlier steps may have had run and that did not tell how they ended, of a query
  /// with which nobody goes on.
  ///
  /// @param tallies likewise
  public static List<Task> untold(
      StagePlan plan, List<StageTally> tallies, StageEnvironment environment) {
    StageSteps steps = new StageSteps(plan, tallies, environment).visited();
    return steps.ready.stream().filter(task -> steps.wasReady(task.stage())).toList();
  }

  /// Whether the stages before were closed by an earlier step.
  private boolean wasReady(int stage) {
    return shapes.awaits(stage).stream().allMatch(n -> journal.closed(n).isPresent());
  }

  private StageSteps visited() {
    int last = plan.stages().size() - 1;
    for (int number : shapes.relevant(n -> journal.closed(n).isPresent())) {
      if (number != last) {
        visit(number);
      }
    }
    return this;
  }

  private void visit(int number) {
    List<FragmentResponse> closed = journal.closed(number).orElse(null);
    if (closed != null) {
      StageTasks tasks = tasks(plan.stages().get(number), closed.size());
      tallies.get(number).begin(closed.size());
      tallies.get(number).found(closed);
      tallies.get(number).foundFailed(failed(journal.attempts(number), byTask(closed)));
      outputs.put(number, output(number, tasks, closed));
    } else if (outputs.keySet().containsAll(shapes.awaits(number))) {
      endOrRun(number, shapes.shape(number, outputs));
    }
  }

  private void endOrRun(int number, StageShapes.Shape shape) {
    StageTasks tasks = tasks(shape.stage(), shape.shares().size());
    tallies.get(number).begin(shape.shares().size());
    Map<Integer, FragmentResponse> left = journal.left(number);
    tallies.get(number).predict(shape.taskDollars(plan));
    tallies.get(number).found(left.values());
    Map<Integer, TaskAttempts> attempts = journal.attempts(number);
    tallies.get(number).foundFailed(failed(attempts, left));
    var winners = new TreeMap<Integer, FragmentResponse>();
    var halves = Halves.of(shape);
    int waiting = 0;
    Deque<TaskShare> shares = new ArrayDeque<>(shape.shares());
    for (TaskShare share = shares.poll(); share != null; share = shares.poll()) {
      TaskShare task = share;
      FragmentResponse response = left.get(task.task());
      if (response == null) {
        waiting++;
        ready.add(
            new Task(
                number,
                task.task(),
                attempts.getOrDefault(task.task(), TaskAttempts.NONE),
                StoredTask.Retry.AT_ONCE,
                () -> tasks.request(task, shape.inputs())));
        continue;
      }
      winners.put(task.task(), response);
      if (Halves.isDivided(response)) {
        List<TaskShare> parts = halves.of(task);
        tallies.get(number).divided(parts.size());
        shares.addAll(parts);
      }
    }
    List<FragmentResponse> counted = List.copyOf(winners.values());
    StageOutput output = output(number, tasks, counted);
    if (waiting == 0) {
      journal.close(number, counted);
      outputs.put(number, output);
    }
  }

  /// What tasks took besides the attempts that succeeded.
  ///
  /// @param winners those, by task
  static FailedAttempts failed(
      Map<Integer, TaskAttempts> attempts, Map<Integer, FragmentResponse> winners) {
    var told = new ArrayList<FragmentResponse>();
    int lost = 0;
    int lostLarge = 0;
    int passed = 0;
    for (Map.Entry<Integer, TaskAttempts> task : attempts.entrySet()) {
      TaskAttempts left = task.getValue();
      FragmentResponse winner = winners.get(task.getKey());
      told.addAll(left.failed());
      lost += left.lost(winner);
      lostLarge += left.lostLarge(winner);
      passed += left.begunLarge();
    }
    return new FailedAttempts(told, lost, lostLarge, passed);
  }

  static Map<Integer, FragmentResponse> byTask(List<FragmentResponse> responses) {
    var winners = new TreeMap<Integer, FragmentResponse>();
    responses.forEach(response -> winners.put(response.task(), response));
    return winners;
  }

  private StageOutput output(int number, StageTasks tasks, List<FragmentResponse> winners) {
    List<PartialInput> partials = new ArrayList<>();
    winners.forEach(winner -> partials.add(tasks.accept(winner)));
    return new StageOutput(plan.stages().get(number).output(), partials);
  }

  private StageTasks tasks(Stage stage, int tasks) {
    return new StageTasks(
        environment,
        stage,
        plan.scans(),
        tallies.get(stage.number()),
        tasks,
        StagedExecution.readByLastAlone(plan.stages(), stage.number())
            ? InlinePartials.taskBytesMax(tasks)
            : 0,
        Runnable::run);
  }
}
