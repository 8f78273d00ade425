package io.frazil.cli.tpch;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.trino.tpch.TpchEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The making of one table by several threads. The rows are cut into parts, which the generator
/// starts anywhere: which rows there are does not depend on the threads.
final class TableGeneration<E extends TpchEntity> {
  private static final int PARTS_PER_THREAD = 4;
  private static final long ROWS_PER_FILE = 200_000;
  private static final long SMALL_ROWS = 1_000;
  private static final int FILES_MIN = 4;
  private static final int FILES_MAX = 32;

  private final TpchSource<E> source;
  private final double scale;
  private final OptionalInt files;
  private final int threads;
  private final TpchProgress progress;
  private final Cancellation cancellation;
  private final AtomicLong done = new AtomicLong();

  TableGeneration(
      TpchSource<E> source,
      double scale,
      OptionalInt files,
      int threads,
      TpchProgress progress,
      Cancellation cancellation) {
    this.source = source;
    this.scale = scale;
    this.files = files;
    this.threads = threads;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /// Makes the table, or nothing.
  void into(MutableCatalog catalog, String schema) {
    try (TableAppend append = catalog.createTableAs(schema, source.name(), source.schema());
        ExecutorService executor =
            Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("tpch-", 0).daemon().factory())) {
      if (source.clustering().isPresent()) {
        generateClustered(source.clustering().get(), append, executor);
      } else {
        generatePlain(append, executor);
      }
      cancellation.check();
      append.commit();
      progress.rows(source.name(), done.get(), done.get());
    }
  }

  /// A file for each part.
  private void generatePlain(TableAppend append, ExecutorService executor) {
    int parts = plainFiles();
    List<Runnable> tasks = new ArrayList<>();
    for (int part = 1; part <= parts; part++) {
      int number = part;
      tasks.add(() -> generateFile(append, number, parts));
    }
    run(executor, tasks);
  }

  private int plainFiles() {
    long rows = source.rows(scale);
    if (source.rowsAtOne() == 0 || rows < SMALL_ROWS) {
      return 1;
    }
    return files.orElse(Math.clamp(rows / ROWS_PER_FILE, FILES_MIN, FILES_MAX));
  }

  private void generateFile(TableAppend append, int part, int parts) {
    var rows = new RowBuffer(source.schema(), Batch.MAX_ROWS);
    try (TableAppend.Writer writer = append.writer()) {
      generate(
          part,
          parts,
          row -> {
            source.fill().accept(row, rows);
            rows.endRow();
            if (rows.isFull()) {
              writer.write(rows.batch());
              rows.clear();
            }
          });
      writer.write(rows.batch());
    }
  }

  private void generateClustered(
      TpchSource.Clustering<E> clustering, TableAppend append, ExecutorService executor) {
    DateRanges ranges =
        files.isPresent()
            ? DateRanges.forFiles(files.getAsInt())
            : DateRanges.forRows(source.rows(scale));
    var clustered = new ClusteredRows<>(source, clustering, ranges, append);
    int parts = threads * PARTS_PER_THREAD;
    List<Runnable> tasks = new ArrayList<>();
    for (int part = 1; part <= parts; part++) {
      int number = part;
      tasks.add(() -> generate(number, parts, clustered::add));
    }
    run(executor, tasks);
    run(executor, clustered.completions());
  }

  private void generate(int part, int parts, Consumer<E> to) {
    int unreported = 0;
    for (E row : source.generator().createGenerator(scale, part, parts)) {
      to.accept(row);
      if (++unreported == Batch.MAX_ROWS) {
        report(unreported);
        unreported = 0;
      }
    }
    report(unreported);
  }

  private void report(int rows) {
    cancellation.check();
    progress.rows(source.name(), done.addAndGet(rows), source.rows(scale));
  }

  /// Runs all tasks; the first failure stops the others and is the one that is raised.
  private void run(ExecutorService executor, List<Runnable> tasks) {
    var first = new AtomicReference<@Nullable Throwable>();
    List<Future<?>> running = new ArrayList<>();
    for (Runnable task : tasks) {
      running.add(executor.submit(() -> runUnlessFailed(task, first)));
    }
    try {
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      executor.shutdownNow();
      throw new FrazilException(ErrorCode.CANCELLED, "The generation was interrupted", e);
    }
    Throwable failure = first.get();
    if (failure != null) {
      throw raised(failure);
    }
  }

  /// Nothing leaves a task: of failures that follow from one another only the first says why.
  private static void runUnlessFailed(Runnable task, AtomicReference<@Nullable Throwable> first) {
    if (first.get() != null) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      first.compareAndSet(null, e);
    }
  }

  private RuntimeException raised(Throwable failure) {
    return switch (failure) {
      case OutOfMemoryError e ->
          new FrazilException(
              ErrorCode.MEMORY_LIMIT,
              "generating '%s' needs more memory; raise it (--memory) or ask for fewer files"
                  .formatted(source.name()),
              e);
      case Error e -> throw e;
      case RuntimeException e -> e;
      default -> new IllegalStateException(failure);
    };
  }
}
