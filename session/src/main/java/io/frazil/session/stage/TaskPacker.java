package io.frazil.session.stage;

import io.frazil.engine.plan.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Packs splits into tasks that read about equal bytes: the largest split first, each to the task
/// that has least so far.
///
/// @param bytesMax what a task reads at most, unless one split alone is larger: a worker's network
///   burst
/// @param bytesMin below which a task is not worth its start
/// @param tasksMin how many tasks there should be where the bytes allow it
/// @param weights how much of each split is read
record TaskPacker(long bytesMax, long bytesMin, int tasksMin, SplitWeights weights) {
  private static final long BURST_BYTES = 256L << 20;

  /// Files are compressed, what workers write for each other is not.
  static final int COMPRESSION = 4;

  /// A task is told all of its splits, some kilobyte each.
  private static final int SPLITS_MAX = 10_000;

  /// So that a slow task leaves its worker's share to others.
  private static final int TASKS_A_WORKER = 2;

  /// @param taskBytesMin how much that is not compressed is worth a task
  static TaskPacker forWorkers(int workers, long taskBytesMin, SplitWeights weights) {
    return new TaskPacker(
        BURST_BYTES, Math.max(1, taskBytesMin / COMPRESSION), workers * TASKS_A_WORKER, weights);
  }

  /// At least one task, also where there is nothing to read.
  ///
  /// @param splits by scan node
  /// @return the shares, each split in exactly one of them, in its scan's order
  List<Map<Integer, List<Split>>> pack(Map<Integer, List<Split>> splits) {
    List<Item> items = items(splits, weights);
    return pack(items, count(items));
  }

  /// Two shares of about equal bytes; one where there is only one split.
  static List<Map<Integer, List<Split>>> halves(Map<Integer, List<Split>> splits) {
    List<Item> items = items(splits, SplitWeights.WHOLE);
    return pack(items, Math.min(2, items.size()));
  }

  private static List<Item> items(Map<Integer, List<Split>> splits, SplitWeights weights) {
    List<Item> items = new ArrayList<>();
    splits.forEach((scan, list) ->
        list.forEach(s -> items.add(new Item(scan, s, weights.of(scan, s), items.size()))));
    return items;
  }

  private static List<Map<Integer, List<Split>>> pack(List<Item> items, int count) {
    var tasks = new ArrayList<Task>();
    for (int i = 0; i < count; i++) {
      tasks.add(new Task(i));
    }
    var lightest =
        new PriorityQueue<>(Comparator.comparingLong(Task::bytes).thenComparingInt(Task::number));
    lightest.addAll(tasks);
    items.sort(Comparator.comparingLong(Item::bytes).reversed().thenComparingInt(Item::position));
    for (Item item : items) {
      Task task = lightest.remove();
      task.add(item);
      lightest.add(task);
    }
    return tasks.stream().map(Task::splits).toList();
  }

  private int count(List<Item> items) {
    long bytes = items.stream().mapToLong(Item::bytes).sum();
    long needed = Math.ceilDiv(bytes, bytesMax);
    long wanted = Math.min(tasksMin, Math.ceilDiv(bytes, bytesMin));
    long told = Math.ceilDiv(items.size(), SPLITS_MAX);
    return Math.clamp(Math.max(told, Math.max(needed, wanted)), 1, Math.max(1, items.size()));
  }

  private record Item(int scan, Split split, long bytes, int position) {}

  private static final class Task {
    private final int number;
    private final List<Item> items = new ArrayList<>();
    private long bytes;

    Task(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    long bytes() {
      return bytes;
    }

    void add(Item item) {
      items.add(item);
      bytes += item.bytes();
    }

    Map<Integer, List<Split>> splits() {
      var byScan = new HashMap<Integer, List<Split>>();
      items.sort(Comparator.comparingInt(Item::position));
      for (Item item : items) {
        byScan.computeIfAbsent(item.scan, _ -> new ArrayList<>()).add(item.split);
      }
      return byScan;
    }
  }
}
