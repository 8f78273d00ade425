package io.frazil.session.attempt;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.session.dispatch.WorkerSize;
import java.util.Set;

/// What failed at one task so far, and what may cure it.
final class TaskFailures {
  /// A worker that died did so by chance once. Twice it was the task.
  private static final int DEATHS_MAX = 2;

  /// What a larger worker has more of.
  private static final Set<ErrorCode> OUTGROWN =
      Set.of(ErrorCode.MEMORY_LIMIT, ErrorCode.TIME_LIMIT, ErrorCode.DISK_FULL);

  private final RetryPolicy policy;
  private int failures;
  private int deaths;

  /// What to do about a failure.
  enum Remedy {
    /// There was no room: wait for some. Not the task's fault, and not counted.
    WAIT,
    /// Try the same again.
    AGAIN,
    /// Try on a larger worker.
    LARGER,
    /// The task was tried often enough.
    TRIED_ENOUGH,
    /// Another attempt would fail in the same way.
    NONE
  }

  TaskFailures(RetryPolicy policy) {
    this.policy = policy;
  }

  /// Counts a failure.
  ///
  /// @param size where it happened
  Remedy remedy(FrazilException failure, WorkerSize size) {
    if (failure.code() == ErrorCode.THROTTLED) {
      return Remedy.WAIT;
    }
    failures++;
    if (failure.code() == ErrorCode.WORKER_DIED) {
      return ++deaths < DEATHS_MAX ? again() : Remedy.TRIED_ENOUGH;
    }
    if (OUTGROWN.contains(failure.code()) && size == WorkerSize.NORMAL) {
      return Remedy.LARGER;
    }
    return failure.errorClass() == ErrorClass.TRANSIENT ? again() : Remedy.NONE;
  }

  private Remedy again() {
    return failures < policy.attemptsMax() ? Remedy.AGAIN : Remedy.TRIED_ENOUGH;
  }

  int count() {
    return failures;
  }
}
