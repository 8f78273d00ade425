package io.frazil.localstack.faults;

import static io.frazil.localstack.whole.Moment.CALL;
import static io.frazil.localstack.whole.Moment.LEASE;
import static io.frazil.localstack.whole.Moment.MERGE;
import static io.frazil.localstack.whole.Moment.PARTIAL;
import static io.frazil.localstack.whole.Moment.PLANNING;
import static io.frazil.localstack.whole.Moment.RESULT;
import static io.frazil.localstack.whole.Moment.SCAN;
import static io.frazil.localstack.whole.Moment.SHUFFLE;

import io.frazil.localstack.whole.Moment;
import java.util.EnumSet;
import java.util.Set;

/// What happens to a query.
enum Harm {
  /// Answered by 503, several times.
  BUSY(EnumSet.complementOf(EnumSet.of(CALL)), Promise.RIGHT, 3),
  SLOW(EnumSet.allOf(Moment.class), Promise.RIGHT, 3),
  /// The answer ends in the middle.
  CUT_SHORT(EnumSet.allOf(Moment.class), Promise.RIGHT, 1),
  /// The connection is lost before anything happened.
  RESET(EnumSet.allOf(Moment.class), Promise.RIGHT, 1),
  /// What was asked for is done, and the answer lost.
  LOST_REPLY(EnumSet.allOf(Moment.class), Promise.RIGHT, 1),
  /// Refused by Lambda for being too many, several times.
  THROTTLED(EnumSet.of(CALL), Promise.RIGHT, 5),
  /// A worker has no memory left and is ended: what it was to do goes to a large one.
  OUT_OF_MEMORY(EnumSet.of(CALL), Promise.RIGHT, 1),
  /// An attempt that was given up begins when another is long done.
  LATE(EnumSet.of(CALL, PARTIAL), Promise.RIGHT, 1),
  /// Two attempts where one was asked for.
  TWICE(EnumSet.of(CALL, PARTIAL, RESULT, LEASE), Promise.RIGHT, 1),
  /// The JVM that asks is no more; where it is Step Functions that asks, the one that was to
  /// answer.
  KILLED(EnumSet.allOf(Moment.class), Promise.RIGHT, 1),
  /// Nor is any other that comes so far.
  KILLED_EACH_TIME(EnumSet.of(SCAN, PARTIAL, SHUFFLE), Promise.FAILED, Integer.MAX_VALUE),
  /// The object that is asked for has lost its second half.
  TRUNCATED(EnumSet.of(PLANNING, SCAN, SHUFFLE, MERGE), Promise.RIGHT_OR_FAILED, 1),
  /// Somebody commits to the table, which is read as it was or as it is then.
  COMMITTED(EnumSet.allOf(Moment.class), Promise.RIGHT, 1),
  /// It may cost little, and its workers wait until they are told to stop.
  BUDGET(EnumSet.of(SCAN, PARTIAL, SHUFFLE), Promise.OVER_BUDGET, Integer.MAX_VALUE),
  /// Whoever asked does not want to know any more.
  CANCELLED(EnumSet.allOf(Moment.class), Promise.RIGHT_OR_CANCELLED, 1);

  private final Set<Moment> moments;
  private final Promise promise;
  private final int times;

  /// What is promised nevertheless.
  enum Promise {
    RIGHT,
    FAILED,
    RIGHT_OR_FAILED,
    /// A state machine looks between steps only: what ended before it looked is right.
    OVER_BUDGET,
    /// It may have been over before the word came.
    RIGHT_OR_CANCELLED
  }

  Harm(Set<Moment> moments, Promise promise, int times) {
    this.moments = moments;
    this.promise = promise;
    this.times = times;
  }

  /// When it can happen.
  Set<Moment> moments() {
    return moments;
  }

  Promise promise() {
    return promise;
  }

  /// To how many requests of one query it is done.
  int times() {
    return times;
  }
}
