package io.frazil.engine.exec;

import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Passes rows `offset` to `offset + limit` of those that come, counted over all drivers, and
/// closes its input as soon as they are through. Rows without an order come from any driver; rows
/// with one come through a single driver, and so in it.
final class LimitOperator implements BatchReader {
  private final BatchReader input;
  private final AtomicLong seen;
  private final long offset;
  private final long end;

  private LimitOperator(BatchReader input, AtomicLong seen, long offset, long end) {
    this.input = input;
    this.seen = seen;
    this.offset = offset;
    this.end = end;
  }

  static OperatorFactory factory(Limit node) {
    var seen = new AtomicLong();
    long most = Long.MAX_VALUE - node.offset();
    long end = node.limit() > most ? Long.MAX_VALUE : node.offset() + node.limit();
    return input -> new LimitOperator(input, seen, node.offset(), end);
  }

  @Override
  public @Nullable Batch next() {
    if (seen.get() < end) {
      Batch batch = input.next();
      if (batch == null) {
        return null;
      }
      long first = seen.getAndAdd(batch.rows());
      return slice(batch, position(offset - first, batch), position(end - first, batch));
    }
    input.close();
    return null;
  }

  @Override
  public void close() {
    input.close();
  }

  private static int position(long row, Batch batch) {
    return Math.clamp(row, 0, batch.rows());
  }

  private static Batch slice(Batch batch, int from, int to) {
    int count = to - from;
    if (count == batch.rows()) {
      return batch;
    }
    int[] live = batch.selection();
    int[] selection = new int[count];
    for (int i = 0; i < count; i++) {
      selection[i] = live == null ? from + i : live[from + i];
    }
    return batch.select(selection, count);
  }
}
