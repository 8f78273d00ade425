package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One task: a stage's plan, the share of the input that it runs over, and where its rows go. Every
/// attempt at it gets the same fragment.
///
/// @param version of this form: the first member of its JSON, which every version can read
/// @param build of the engine that planned it
/// @param functions the fingerprint of the functions it was planned with
/// @param splits by scan node
/// @param inputs what other stages wrote for this task, by the stage's number: manifests of nothing
///   but its own partition
/// @param control an object that exists as soon as the task is to stop
public record Fragment(
    int version,
    String build,
    String functions,
    PhysicalPlan plan,
    Map<Integer, List<Split>> splits,
    Map<Integer, List<PartialManifest>> inputs,
    Output output,
    Limits limits,
    String control) {
  /// The version that this engine writes and reads.
  public static final int VERSION = 1;

  public Fragment {
    splits = copy(splits);
    inputs = copy(inputs);
  }

  /// Where the rows go.
  ///
  /// @param location of the partial: the same for all attempts, of which the first to commit counts
  /// @param distribution which partition of the partial a row belongs to
  /// @param inlineBytesMax up to which size the partial is returned and not written
  public record Output(
      String location, Distribution distribution, Compression compression, long inlineBytesMax) {
    /// How many partitions the partial has.
    public int partitions() {
      return switch (distribution) {
        case Distribution.Gather _, Distribution.Broadcast _ -> 1;
        case Distribution.Hash(var _, int partitions) -> partitions;
      };
    }
  }

  /// What the task may take.
  public record Limits(long memoryBytes, int threads) {
    /// As much as the worker has.
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Integer.MAX_VALUE);

    public Limits {
      if (memoryBytes < 1 || threads < 1) {
        throw new IllegalArgumentException(
            "a task needs memory and a thread, not %d bytes and %d threads"
                .formatted(memoryBytes, threads));
      }
    }
  }

  private static <T> Map<Integer, List<T>> copy(Map<Integer, List<T>> lists) {
    return lists.entrySet().stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    Map.Entry::getKey,
                    e -> List.copyOf(e.getValue()),
                    (a, _) -> a,
                    TreeMap<Integer, List<T>>::new),
                Collections::unmodifiableMap));
  }
}
