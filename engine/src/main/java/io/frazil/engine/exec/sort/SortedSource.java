package io.frazil.engine.exec.sort;

import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rows in order: one reader has them all.
public final class SortedSource implements Source {
  private final Supplier<SortedRows> rows;
  private boolean opened;

  /// All rows of a sort.
  public SortedSource(SortSink sink) {
    rows = sink::sorted;
  }

  /// The rows `offset` to `offset + limit`.
  public SortedSource(TopNSink sink) {
    rows = sink::sorted;
  }

  @Override
  public int maxReaders() {
    return 1;
  }

  @Override
  public synchronized BatchReader open() {
    boolean first = !opened;
    opened = true;
    return new Reader(first);
  }

  @Override
  public void close() {}

  /// A second reader finds nothing left.
  private final class Reader implements BatchReader {
    private final int[] numbers = new int[Batch.MAX_ROWS];
    private @Nullable RunMerge merge;
    private boolean ended;

    Reader(boolean reads) {
      ended = !reads;
    }

    @Override
    public @Nullable Batch next() {
      if (ended) {
        return null;
      }
      SortedRows sorted = rows.get();
      RunMerge merging = merge;
      if (merging == null) {
        merging = new RunMerge(sorted);
        merge = merging;
      }
      int count = merging.next(numbers);
      if (count == 0) {
        ended = true;
        return null;
      }
      Vector[] columns = new Vector[sorted.rows().width()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = sorted.rows().column(i).gather(numbers, count);
      }
      return Batch.of(count, columns);
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
