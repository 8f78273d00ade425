package io.frazil.session.journal;

import io.frazil.events.FragmentResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is kept of a query's stages. Safe for use by many threads.
public interface StageJournal {
  /// What the tasks of a stage gave that an earlier process closed, in the order of their numbers.
  Optional<List<FragmentResponse>> closed(int stage);

  /// Of a stage that is not closed, what those of its tasks gave that had ended, by number.
  Map<Integer, FragmentResponse> left(int stage);

  /// What attempts left besides reports, by task: of those tasks for which one left anything, this
  /// being the report alone perhaps.
  Map<Integer, TaskAttempts> attempts(int stage);

  /// What those of its tasks told that came to no end: each an attempt that was stopped, or that no
  /// other could have cured, and none did.
  List<FragmentResponse> stopped(int stage);

  /// A stage is over.
  ///
  /// @param winners the responses that count, one a task, in the order of their numbers
  void close(int stage, List<FragmentResponse> winners);

  /// Whether another process can go on with the query once it is handed over.
  boolean isKept();

  /// Another process goes on with the query: what was not written yet is written now.
  ///
  /// @return whether another process can; where it cannot although the query is kept, asking later
  ///   may succeed
  boolean handOver();

  /// Writes nothing from now on: the query is another process's.
  void seal();

  /// Nothing of the query runs here any more; the last call.
  void end();
}
