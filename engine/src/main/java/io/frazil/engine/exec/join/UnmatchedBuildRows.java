package io.frazil.engine.exec.join;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Vector;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The right rows that a join still owes once all left rows went through: those without a match
/// (RIGHT, FULL, padded with nulls on the left; RIGHT_ANTI) or with one (RIGHT_SEMI).
public final class UnmatchedBuildRows implements Source {
  /// How many rows a reader takes at a time.
  private static final int MORSEL = 16 * Batch.MAX_ROWS;

  private final JoinBuild build;
  private final AtomicLong taken = new AtomicLong();

  public UnmatchedBuildRows(JoinBuild build) {
    this.build = build;
  }

  /// Whether joins of this type have any such rows.
  public static boolean has(JoinType type) {
    return JoinShape.marksBuildRows(type);
  }

  @Override
  public BatchReader open() {
    return new Reader();
  }

  @Override
  public void close() {}

  private final class Reader implements BatchReader {
    private final int[] numbers = new int[Batch.MAX_ROWS];
    private final byte wanted = (byte) (build.shape().type() == JoinType.RIGHT_SEMI ? 1 : 0);
    private int next;
    private int end;

    @Override
    public @Nullable Batch next() {
      int size = build.side().size();
      while (true) {
        if (next >= end) {
          long from = taken.getAndAdd(MORSEL);
          if (from >= size) {
            return null;
          }
          next = (int) from;
          end = (int) Math.min(size, from + MORSEL);
        }
        int count = list();
        if (count > 0) {
          return rows(count);
        }
      }
    }

    /// Lists the next rows that come out, up to a batch of them.
    private int list() {
      byte[] matched = build.side().matched();
      int count = 0;
      if (matched == null) {
        throw new IllegalStateException("rows of this join are not marked");
      }
      while (next < end && count < Batch.MAX_ROWS) {
        numbers[count] = next;
        count += matched[next] == wanted ? 1 : 0;
        next++;
      }
      return count;
    }

    private Batch rows(int count) {
      JoinShape shape = build.shape();
      int leftWidth = shape.left().size();
      Vector[] columns = new Vector[shape.outputs().size()];
      for (int i = 0; i < columns.length; i++) {
        int column = shape.outputs().get(i);
        columns[i] =
            column < leftWidth
                ? Gather.nulls(shape.left().type(column), count)
                : build.side().gather(column - leftWidth, numbers, count);
      }
      return Batch.of(count, columns);
    }

    @Override
    public void close() {}
  }
}
