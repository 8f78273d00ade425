package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A function that never answers.
final class HungFunction implements FunctionCall {
  private final Semaphore calls = new Semaphore(0);
  final AtomicInteger left = new AtomicInteger();

  @Override
  public Answer call(byte[] payload) {
    calls.release();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      left.incrementAndGet();
    }
    throw new FrazilException(ErrorCode.ATTEMPT_LOST, "interrupted");
  }

  /// So many more than were awaited before.
  void awaitCalls(int number) {
    calls.acquireUninterruptibly(number);
  }
}
