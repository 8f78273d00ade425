package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.FragmentResponse;
import io.frazil.session.cost.FailedAttempts;
import io.frazil.session.cost.Place;
import io.frazil.session.cost.Spending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Counts what a stage does while it runs. Safe for use by many threads.
public final class StageTally {
  private final int number;
  private final String title;
  private final int root;
  private final List<PlannedScan> scans;
  private final Spending spending;

  // All below is guarded by this.
  private final Map<Integer, Map<Counter, Long>> finished = new TreeMap<>();
  private final List<TaskMetrics> running = new ArrayList<>();
  private int tasks;
  private int tasksDone;
  private int attempts;
  private long bytesWritten;
  private long writes;
  private long peakBytes;
  private long startNanos;
  private long endNanos;

  /// @param root the id of the node whose rows are the stage's
  /// @param spending what the query's attempts are paid by
  public StageTally(
      int number, String title, int root, List<PlannedScan> scans, Spending spending) {
    this.spending = spending;
    this.number = number;
    this.title = title;
    this.root = root;
    this.scans = List.copyOf(scans);
  }

  public synchronized void begin(int taskCount) {
    tasks = taskCount;
    startNanos = System.nanoTime();
    endNanos = startNanos;
  }

  /// A task turned out too large: others do its work too.
  public synchronized void divided(int parts) {
    tasks += parts;
  }

  public synchronized void attemptStarted() {
    attempts++;
  }

  /// Starts an attempt if the budget allows it, and counts what it is paid by.
  ///
  /// @throws io.frazil.engine.error.FrazilException BUDGET_EXCEEDED
  public CompletableFuture<FragmentResponse> attempt(
      Place place, Supplier<CompletableFuture<FragmentResponse>> start) {
    return spending.attempt(
        number,
        place,
        () -> {
          attemptStarted();
          return start.get();
        });
  }

  /// What each task is thought to cost, now that it is known better.
  public void predict(double dollars) {
    spending.predict(number, dollars);
  }

  /// What tasks gave that ended before this process took the query on.
  public void found(Collection<FragmentResponse> responses) {
    spending.found(number, responses);
    synchronized (this) {
      attempts += responses.size();
    }
  }

  /// Attempts that failed, and after which a state machine tried again or may do.
  public void foundFailed(FailedAttempts failed) {
    spending.foundFailed(number, failed);
    synchronized (this) {
      attempts += failed.count();
    }
  }

  /// Tasks came to no end that ran for no process.
  ///
  /// @param told what some of them took until then
  /// @param untold how many ran and told nothing
  public void stopped(Collection<FragmentResponse> told, int untold) {
    spending.stopped(number, told, untold);
    synchronized (this) {
      attempts += told.size() + untold;
    }
  }

  /// Whether a second attempt beside one that runs is within the budget.
  public boolean affords(Place place) {
    return spending.affords(number, place);
  }

  /// A task that runs in this process: its metrics count as they grow.
  public synchronized void watch(TaskMetrics metrics) {
    running.add(metrics);
  }

  /// No longer counts what a task did that ran here: it failed, or is counted as done.
  public synchronized void forget(TaskMetrics metrics) {
    running.remove(metrics);
  }

  /// The one attempt of a task that counts.
  ///
  /// @param nodes counters by node
  /// @param written how large its partial is; 0 where it came with the answer
  public synchronized void taskDone(
      Map<Integer, Map<Counter, Long>> nodes, long peak, long written) {
    nodes.forEach((id, counters) -> Counters.add(finished, id, counters));
    tasksDone++;
    peakBytes = Math.max(peakBytes, peak);
    bytesWritten += written;
    writes += written > 0 ? 1 : 0;
    endNanos = System.nanoTime();
  }

  /// How much there is to read after pruning, in bytes of files.
  long bytesToRead() {
    return scans.stream().mapToLong(s -> s.bytes() - s.bytesPruned()).sum();
  }

  synchronized boolean hasBegun() {
    return startNanos != 0;
  }

  synchronized int tasks() {
    return tasks;
  }

  synchronized int tasksDone() {
    return tasksDone;
  }

  synchronized long writes() {
    return writes;
  }

  synchronized StageStatistics statistics() {
    Map<Integer, Map<Counter, Long>> nodes = new TreeMap<>();
    finished.forEach((id, counters) -> Counters.add(nodes, id, counters));
    running.forEach(
        task -> Counters.of(task).forEach((id, counters) -> Counters.add(nodes, id, counters)));
    long busy = nodes.values().stream().mapToLong(c -> c.getOrDefault(Counter.NANOS, 0L)).sum();
    return new StageStatistics(
        number,
        title,
        tasks,
        attempts,
        Duration.ofNanos((tasksDone < tasks ? System.nanoTime() : endNanos) - startNanos),
        Duration.ofNanos(busy),
        nodes.getOrDefault(root, Map.of()).getOrDefault(Counter.OUTPUT_ROWS, 0L),
        bytesWritten,
        peakBytes,
        scans.stream().map(s -> scan(s, nodes.getOrDefault(s.node(), Map.of()))).toList(),
        nodes.entrySet().stream().map(e -> new NodeStatistics(e.getKey(), e.getValue())).toList());
  }

  private static ScanStatistics scan(PlannedScan scan, Map<Counter, Long> counters) {
    return new ScanStatistics(
        scan.node(),
        scan.table(),
        scan.files(),
        scan.filesPruned(),
        scan.bytes(),
        scan.bytesPruned(),
        counters.getOrDefault(Counter.READ_BYTES, 0L),
        counters.getOrDefault(Counter.READ_REQUESTS, 0L));
  }
}
