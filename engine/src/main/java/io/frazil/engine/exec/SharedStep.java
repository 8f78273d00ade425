package io.frazil.engine.exec;

import io.frazil.engine.task.Cancellation;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A step that several threads take part in: each takes the next part until there is none.
final class SharedStep {
  private final int count;
  private final IntConsumer part;
  private final Cancellation cancellation;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// How many threads are at it; guarded by the scheduler's lock.
  private int helpers;

  SharedStep(int count, IntConsumer part, Cancellation cancellation) {
    this.count = count;
    this.part = part;
    this.cancellation = cancellation;
  }

  /// Whether a part is left to take.
  boolean hasParts() {
    return next.get() < count;
  }

  boolean hasHelpers() {
    return helpers > 0;
  }

  void join() {
    helpers++;
  }

  void leave() {
    helpers--;
  }

  /// Takes parts until there is none; keeps a failure.
  void work() {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        cancellation.check();
        part.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(count);
    }
  }

  /// Throws the failure that was kept, if there is one.
  void rethrow() {
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null -> {}
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
