package io.frazil.engine.exec.join;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Probes where a left row has at most one match: each input batch gives at most one output batch,
/// of the same left vectors under a selection.
final class SingleMatchJoin implements BatchReader {
  /// A batch of which fewer than one in this many rows match is made anew, without a selection.
  private static final int SPARSE = 2;

  private final BatchReader input;
  private final JoinType type;
  private final BuildSide side;
  private final JoinOutput output;
  private final @Nullable UnaryOperator<Batch> condition;
  private final boolean endsAtOnce;
  private final Cancellation cancellation;
  private final List<Integer> keyColumns;
  private final Vector[] keys;
  private final KeyTable.Lookup lookup;

  /// By number of the live row.
  private final int[] found = new int[Batch.MAX_ROWS];

  /// By position: the matching build row, or -1.
  private final int[] aligned = new int[Batch.MAX_ROWS];

  private final int[] selection = new int[Batch.MAX_ROWS];
  private final int[] numbers = new int[Batch.MAX_ROWS];

  SingleMatchJoin(
      BatchReader input,
      JoinBuild build,
      JoinOutput output,
      @Nullable UnaryOperator<Batch> condition) {
    this.input = input;
    this.type = build.shape().type();
    this.side = build.side();
    this.output = output;
    this.condition = condition;
    this.cancellation = build.context().cancellation();
    this.keyColumns = build.shape().leftKeys();
    this.keys = new Vector[keyColumns.size()];
    this.lookup = side.table().lookup();
    this.endsAtOnce =
        (side.size() == 0 && build.shape().endsOnEmptyBuild())
            || (type == JoinType.NULL_AWARE_ANTI && side.nullKeys());
  }

  @Override
  public @Nullable Batch next() {
    if (endsAtOnce) {
      input.close();
      return null;
    }
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      cancellation.check();
      Batch joined = batch.rows() == 0 ? null : join(batch);
      if (joined != null && joined.rows() > 0) {
        return joined;
      }
    }
    return null;
  }

  private @Nullable Batch join(Batch batch) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(keyColumns.get(k));
    }
    lookup.find(keys, batch.selection(), batch.rows(), found);
    if (condition != null) {
      dropUnlessTrue(batch, condition);
    }
    return switch (type) {
      case INNER -> matching(batch);
      case RIGHT -> {
        Batch joined = matching(batch);
        side.mark(numbers, joined.rows());
        yield joined;
      }
      case LEFT -> {
        align(batch, -1);
        yield output.aligned(batch, aligned);
      }
      case FULL -> {
        side.mark(numbers, select(batch, 0));
        align(batch, -1);
        yield output.aligned(batch, aligned);
      }
      case LEFT_SEMI -> output.left(batch.select(selection, select(batch, 0)));
      case LEFT_ANTI -> output.left(batch.select(selection, select(batch, -1)));
      case NULL_AWARE_ANTI -> output.left(batch.select(selection, selectNotIn(batch)));
      case RIGHT_SEMI, RIGHT_ANTI -> {
        side.mark(numbers, select(batch, 0));
        yield null;
      }
    };
  }

  /// The matching rows next to their matches.
  private Batch matching(Batch batch) {
    int count = select(batch, 0);
    if (count < batch.length() / SPARSE || count == batch.length()) {
      return count == batch.length()
          ? output.aligned(Batch.of(count, batch.columns()), numbers)
          : output.pairs(batch, selection, numbers, count);
    }
    Arrays.fill(aligned, 0, batch.length(), 0);
    for (int i = 0; i < count; i++) {
      aligned[selection[i]] = numbers[i];
    }
    return output.aligned(batch.select(selection, count), aligned);
  }

  /// Lists the positions of the rows that have a match (`wanted` 0) or have none (-1), and what was
  /// found for them; says how many.
  private int select(Batch batch, int wanted) {
    int[] live = batch.selection();
    int count = 0;
    for (int i = 0; i < batch.rows(); i++) {
      int row = found[i];
      selection[count] = live == null ? i : live[i];
      numbers[count] = row;
      count += (row >> 31 ^ ~wanted) & 1;
    }
    return count;
  }

  /// Rows whose key is none of the build's: not those of null keys, unless there was no build row.
  private int selectNotIn(Batch batch) {
    int count = select(batch, -1);
    if (side.input() == 0) {
      return count;
    }
    Vector key = keys[0];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int position = selection[i];
      selection[kept] = position;
      kept += key.isNull(position) ? 0 : 1;
    }
    return kept;
  }

  /// Takes back matches for which the condition is not true.
  private void dropUnlessTrue(Batch batch, UnaryOperator<Batch> filter) {
    int count = select(batch, 0);
    if (count == 0) {
      return;
    }
    align(batch, 0);
    Batch pairs = output.alignedForCondition(batch.select(selection, count), aligned);
    Batch kept = filter.apply(pairs);
    int[] keptRows = kept.selection();
    int[] live = batch.selection();
    int next = 0;
    for (int i = 0; i < batch.rows(); i++) {
      int position = live == null ? i : live[i];
      boolean isKept = next < kept.rows() && (keptRows == null ? next : keptRows[next]) == position;
      next += isKept ? 1 : 0;
      found[i] = isKept ? found[i] : -1;
    }
  }

  /// Writes what was found by position, and `otherwise` where nothing was or the row is dead.
  private void align(Batch batch, int otherwise) {
    int[] live = batch.selection();
    Arrays.fill(aligned, 0, batch.length(), otherwise);
    for (int i = 0; i < batch.rows(); i++) {
      aligned[live == null ? i : live[i]] = Math.max(otherwise, found[i]);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
