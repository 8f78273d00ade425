package io.frazil.engine.exec;

import io.frazil.engine.plan.Split;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A share of a table of one column: the numbers `from` to `to`, a hundred to a batch, each batch
/// in the same array.
final class NumberSplit implements Split.Local {
  static final int BATCH_ROWS = 100;

  private final long from;
  private final long to;
  private final LongConsumer onRead;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong rowsRead = new AtomicLong();

  NumberSplit(long from, long to) {
    this(from, to, first -> {});
  }

  /// @param onRead gets the first number of each batch before it is read
  NumberSplit(long from, long to, LongConsumer onRead) {
    this.from = from;
    this.to = to;
    this.onRead = onRead;
  }

  /// How many readers are not closed.
  int open() {
    return open.get();
  }

  long rowsRead() {
    return rowsRead.get();
  }

  @Override
  public long bytes() {
    return (to - from) * Long.BYTES;
  }

  @Override
  public BatchReader open(List<Integer> columns) {
    open.incrementAndGet();
    return new Reader();
  }

  private final class Reader implements BatchReader {
    private final long[] values = new long[BATCH_ROWS];
    private long next = from;
    private boolean closed;

    @Override
    public @Nullable Batch next() {
      if (next >= to) {
        return null;
      }
      onRead.accept(next);
      int count = (int) Math.min(BATCH_ROWS, to - next);
      for (int i = 0; i < count; i++) {
        values[i] = next++;
      }
      rowsRead.addAndGet(count);
      return Batch.of(count, new LongVector(Types.BIGINT, values, count, null));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
