package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest.Range;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.fragment.PartialReads.Part;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the tasks of another stage wrote for this one; a morsel is a partition of a partial, or
/// some small ones that lie next to each other: asking for each costs a request, and the time of
/// one, where a task was given many.
public final class PartialSource implements Source {
  /// What one request takes hardly longer to bring than to begin.
  private static final long TOGETHER_BYTES_MAX = 1 << 20;

  private final PartialReads reads;
  private final Schema schema;
  private final TaskContext context;
  private final boolean isOnePart;

  /// @param node reads them
  public PartialSource(
      List<? extends PartialInput> inputs, PhysicalPlan.StageInput node, TaskContext context) {
    var parts = new ArrayList<Part>();
    for (PartialInput input : inputs) {
      for (Range range : morsels(input.manifest().partitions())) {
        parts.add(new Part(input, range));
      }
    }
    var store = new CountedReads(context.store(), context.metrics().node(node.id()));
    this.reads = new PartialReads(parts, store, context);
    this.schema = node.schema();
    this.context = context;
    this.isOnePart = parts.size() <= 1;
  }

  /// What one task wrote may be in an order that counts: it is read from front to back.
  @Override
  public int maxReaders() {
    return isOnePart ? 1 : Integer.MAX_VALUE;
  }

  private static List<Range> morsels(List<Range> partitions) {
    var morsels = new ArrayList<Range>();
    for (Range range : partitions) {
      if (range.rows() == 0) {
        continue;
      }
      if (!morsels.isEmpty() && follows(morsels.getLast(), range)) {
        Range before = morsels.removeLast();
        morsels.add(
            new Range(
                before.offset(), before.length() + range.length(), before.rows() + range.rows()));
      } else {
        morsels.add(range);
      }
    }
    return morsels;
  }

  private static boolean follows(Range before, Range range) {
    return before.offset() + before.length() == range.offset()
        && before.length() + range.length() <= TOGETHER_BYTES_MAX;
  }

  @Override
  public BatchReader open() {
    return new Reader();
  }

  @Override
  public void close() {
    reads.close();
  }

  private final class Reader implements BatchReader {
    private @Nullable BatchReader current;

    @Override
    public @Nullable Batch next() {
      while (true) {
        if (current == null) {
          PartRead part = reads.take();
          if (part == null) {
            return null;
          }
          current =
              PartialReader.open(part.location(), part, part.length(), schema, context.memory());
        }
        Batch batch = current.next();
        if (batch != null) {
          return batch;
        }
        close();
      }
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
