package io.frazil.engine.exec.join;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Probes where a left row may have many matches: lists pairs, up to a batch of them at a time, and
/// keeps those for which the condition is true. Left rows without a pair that was kept, or of a
/// semi join those with one, come out once their batch is through.
final class MultiMatchJoin implements BatchReader {
  private final BatchReader input;
  private final JoinType type;
  private final BuildSide side;
  private final Runs runs;
  private final JoinOutput output;
  private final @Nullable UnaryOperator<Batch> condition;
  private final Cancellation cancellation;
  private final List<Integer> keyColumns;
  private final Vector[] keys;
  private final KeyTable.Lookup lookup;

  /// By number of the live row: the first build row of its key.
  private final int[] found = new int[Batch.MAX_ROWS];

  /// By position: whether the row has a pair.
  private final boolean[] paired = new boolean[Batch.MAX_ROWS];

  private final int[] positions = new int[Batch.MAX_ROWS];
  private final int[] numbers = new int[Batch.MAX_ROWS];
  private final int[] selection = new int[Batch.MAX_ROWS];

  /// The batch that is being probed, its next live row, and how much of that row's run is through.
  private @Nullable Batch batch;

  private int row;
  private int through;

  MultiMatchJoin(
      BatchReader input,
      JoinBuild build,
      JoinOutput output,
      @Nullable UnaryOperator<Batch> condition) {
    this.input = input;
    this.type = build.shape().type();
    this.side = build.side();
    this.runs = Objects.requireNonNull(side.runs());
    this.output = output;
    this.condition = condition;
    this.cancellation = build.context().cancellation();
    this.keyColumns = build.shape().leftKeys();
    this.keys = new Vector[keyColumns.size()];
    this.lookup = side.table().lookup();
  }

  @Override
  public @Nullable Batch next() {
    while (true) {
      cancellation.check();
      Batch current = batch;
      if (current == null) {
        current = input.next();
        if (current == null) {
          return null;
        }
        begin(current);
      }
      Batch joined = row < current.rows() ? pairs(current) : end(current);
      if (joined != null && joined.rows() > 0) {
        return joined;
      }
    }
  }

  private void begin(Batch next) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = next.column(keyColumns.get(k));
    }
    lookup.find(keys, next.selection(), next.rows(), found);
    Arrays.fill(paired, 0, next.length(), false);
    batch = next;
    row = 0;
    through = 0;
  }

  /// The next pairs, if the join gives any.
  private @Nullable Batch pairs(Batch current) {
    int count = listPairs(current);
    if (condition != null && count > 0) {
      count = keepTrue(current, count, condition);
    }
    for (int i = 0; i < count; i++) {
      paired[positions[i]] = true;
    }
    side.mark(numbers, count);
    return switch (type) {
      case INNER, LEFT, RIGHT, FULL -> output.pairs(current, positions, numbers, count);
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI -> null;
    };
  }

  /// Lists the pairs of the next left rows, as many as there is room for.
  private int listPairs(Batch current) {
    int[] live = current.selection();
    int count = 0;
    while (row < current.rows() && count < Batch.MAX_ROWS) {
      int first = found[row];
      int position = live == null ? row : live[row];
      int left = first < 0 || isSettled(position, first) ? 0 : remaining(first);
      int taken = Math.min(left, Batch.MAX_ROWS - count);
      if (taken > 0) {
        int from = runs.starts()[first] + through;
        for (int i = 0; i < taken; i++) {
          numbers[count + i] = from + i;
          positions[count + i] = position;
        }
        count += taken;
      }
      through = taken == left ? 0 : through + taken;
      row += taken == left ? 1 : 0;
    }
    return count;
  }

  private int remaining(int first) {
    return runs.starts()[first + 1] - runs.starts()[first] - through;
  }

  /// Whether more pairs of this row would tell nothing new. Of build rows a run is marked from its
  /// start on: where it has begun, that its first row is marked says nothing of the rest.
  private boolean isSettled(int position, int first) {
    return switch (type) {
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> paired[position];
      case RIGHT_SEMI, RIGHT_ANTI ->
          condition == null && through == 0 && side.isMarked(runs.starts()[first]);
      case INNER, LEFT, RIGHT, FULL -> false;
    };
  }

  private int keepTrue(Batch current, int count, UnaryOperator<Batch> filter) {
    Batch kept = filter.apply(output.pairsForCondition(current, positions, numbers, count));
    int[] rows = kept.selection();
    if (rows == null) {
      return count;
    }
    for (int i = 0; i < kept.rows(); i++) {
      positions[i] = positions[rows[i]];
      numbers[i] = numbers[rows[i]];
    }
    return kept.rows();
  }

  /// What comes out of a batch when all of its pairs are through.
  private @Nullable Batch end(Batch current) {
    batch = null;
    return switch (type) {
      case LEFT, FULL -> {
        Batch unmatched = current.select(selection, select(current, false));
        yield unmatched.rows() == 0 ? null : output.padded(unmatched);
      }
      case LEFT_SEMI -> output.left(current.select(selection, select(current, true)));
      case LEFT_ANTI, NULL_AWARE_ANTI ->
          output.left(current.select(selection, select(current, false)));
      case INNER, RIGHT, RIGHT_SEMI, RIGHT_ANTI -> null;
    };
  }

  private int select(Batch current, boolean wanted) {
    int[] live = current.selection();
    int count = 0;
    for (int i = 0; i < current.rows(); i++) {
      int position = live == null ? i : live[i];
      selection[count] = position;
      count += paired[position] == wanted ? 1 : 0;
    }
    return count;
  }

  @Override
  public void close() {
    input.close();
  }
}
