package io.frazil.session.stage;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;

/// The memory for partials that come with answers, of all stages of a query. Reserved before any is
/// asked for, as nobody can refuse an answer that is there. Safe for use by many threads.
final class InlinePartials implements AutoCloseable {
  /// What a task's may have at most: 64 of them fit into one message.
  private static final long TASK_BYTES_MAX = 64 << 10;

  /// What all tasks of a stage may have together.
  private static final long STAGE_BYTES_MAX = 64 << 20;

  private final Reservation reservation;

  InlinePartials(MemoryPool memory) {
    this.reservation = memory.reservation("partials that come with answers");
  }

  /// Up to which size the partials of so many tasks may come with their answers; 0 where there is
  /// no memory for them.
  synchronized long bytesMax(int tasks) {
    long bytes = taskBytesMax(tasks);
    return reservation.tryGrow(bytes * tasks) ? bytes : 0;
  }

  /// The same where nobody waits with memory for the answers.
  static long taskBytesMax(int tasks) {
    return Math.min(TASK_BYTES_MAX, STAGE_BYTES_MAX / Math.max(1, tasks));
  }

  @Override
  public synchronized void close() {
    reservation.close();
  }
}
