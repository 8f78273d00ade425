package io.frazil.engine.exec;

import java.util.function.IntConsumer;

/// The threads of a task that have nothing else to do, for a step that one of them has to take and
/// all can help with.
@FunctionalInterface
public interface Workers {
  /// Runs `part` for each number below `count`, on whichever threads are free and on this one;
  /// returns when all are done. After a failure no part begins any more, and the failure comes out.
  void run(int count, IntConsumer part);

  /// Only this thread.
  static Workers alone() {
    return (count, part) -> {
      for (int i = 0; i < count; i++) {
        part.accept(i);
      }
    };
  }
}
