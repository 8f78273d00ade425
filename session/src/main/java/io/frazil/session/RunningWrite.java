package io.frazil.session;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A query whose rows go into a table, by a thread of its own. Unless it comes to its end, nothing
/// of it stays.
final class RunningWrite extends OverQuery {
  private final CompletableFuture<Long> written;

  private final BatchReader nothing =
      new BatchReader() {
        @Override
        public @Nullable Batch next() {
          await();
          return null;
        }

        @Override
        public void close() {
          RunningWrite.this.close();
        }
      };

  private RunningWrite(QueryHandle query, CompletableFuture<Long> written) {
    super(query);
    this.written = written;
  }

  /// Starts to write.
  ///
  /// @param query gives the table's columns, in order; closed with the write, as is `append`
  static RunningWrite start(QueryHandle query, TableAppend append, NotNullColumns notNull) {
    return new RunningWrite(
        query,
        CompletableFuture.supplyAsync(
            () -> write(query, append, notNull), Thread.ofPlatform().name("frazil-write")::start));
  }

  private static long write(QueryHandle query, TableAppend append, NotNullColumns notNull) {
    try (append) {
      try (TableAppend.Writer writer = append.writer()) {
        BatchReader rows = query.batches();
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
          notNull.check(batch);
          writer.write(batch);
        }
      }
      return append.commit();
    }
  }

  @Override
  public Kind kind() {
    return Kind.COUNT;
  }

  @Override
  public Schema schema() {
    return Schema.of();
  }

  @Override
  public BatchReader batches() {
    return nothing;
  }

  @Override
  public List<List<@Nullable Object>> rows() {
    await();
    return List.of();
  }

  @Override
  public long updatedRows() {
    return await();
  }

  @Override
  public void close() {
    if (!written.isDone()) {
      cancel();
    }
    try {
      boolean _ = written.handle((_, _) -> true).join();
    } finally {
      query().close();
    }
  }

  private long await() {
    try {
      return written.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FrazilException known) {
        throw known;
      }
      throw e;
    }
  }
}
