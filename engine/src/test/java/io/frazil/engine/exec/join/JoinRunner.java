package io.frazil.engine.exec.join;

import io.frazil.engine.exec.Sink;
import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.RandomVectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs a join's two pipelines as a task would, each with some drivers.
final class JoinRunner {
  private final int drivers;

  JoinRunner(int drivers) {
    this.drivers = drivers;
  }

  /// The rows that come out, in any order.
  List<List<@Nullable Object>> run(
      JoinBuild build,
      @Nullable Supplier<UnaryOperator<Batch>> condition,
      boolean hasBuildRows,
      List<Batch> left,
      List<Batch> right) {
    Queue<Batch> rightQueue = new ConcurrentLinkedQueue<>(right);
    inParallel(() -> {
      try (Sink.Driver driver = build.open()) {
        for (Batch b = rightQueue.poll(); b != null; b = rightQueue.poll()) {
          driver.accept(b);
        }
        driver.finish();
      }
    });
    build.combine(this::share);
    List<List<@Nullable Object>> rows = Collections.synchronizedList(new ArrayList<>());
    Queue<Batch> leftQueue = new ConcurrentLinkedQueue<>(left);
    JoinProbe probe = new JoinProbe(build, condition);
    inParallel(() -> drain(probe.open(new QueueReader(leftQueue)), rows));
    if (hasBuildRows) {
      Source source = new UnmatchedBuildRows(build);
      inParallel(() -> drain(source.open(), rows));
    }
    build.close();
    return rows;
  }

  private static void drain(BatchReader reader, List<List<@Nullable Object>> rows) {
    try (reader) {
      for (Batch b = reader.next(); b != null; b = reader.next()) {
        rows.addAll(rows(b));
      }
    }
  }

  /// The live rows as plain objects.
  static List<List<@Nullable Object>> rows(Batch batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int[] selection = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      int position = selection == null ? i : selection[i];
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < batch.width(); c++) {
        row.add(RandomVectors.value(batch.column(c), position));
      }
      rows.add(row);
    }
    return rows;
  }

  /// Deals the parts of a step to all threads.
  private void share(int count, IntConsumer part) {
    AtomicInteger next = new AtomicInteger();
    inParallel(() -> {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        part.accept(i);
      }
    });
  }

  private void inParallel(Runnable work) {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < drivers; i++) {
      Thread thread = new Thread(work);
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
  }

  /// Takes batches from a shared queue.
  record QueueReader(Queue<Batch> queue) implements BatchReader {
    @Override
    public @Nullable Batch next() {
      return queue.poll();
    }

    @Override
    public void close() {}
  }
}
