package io.frazil.engine.exec.join;

import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.BitSet;

/// Puts the columns of a join's output, or of its condition, together. One driver's.
final class JoinOutput {
  private final BuildSide side;
  private final JoinShape shape;
  private final int leftWidth;
  private final int[] outputs;
  private final BitSet conditionColumns;

  JoinOutput(JoinShape shape, BuildSide side) {
    this.side = side;
    this.shape = shape;
    this.leftWidth = shape.left().size();
    this.outputs = shape.outputs().stream().mapToInt(i -> i).toArray();
    this.conditionColumns = shape.conditionColumns();
  }

  /// Left rows alone, as they are.
  Batch left(Batch batch) {
    Vector[] columns = new Vector[outputs.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(outputs[i]);
    }
    return batch.withColumns(columns);
  }

  /// The live left rows, each next to build row `numbers[position]`, or nulls where that is -1.
  Batch aligned(Batch batch, int[] numbers) {
    Vector[] columns = new Vector[outputs.length];
    for (int i = 0; i < columns.length; i++) {
      int column = outputs[i];
      columns[i] =
          column < leftWidth
              ? batch.column(column)
              : alignedRight(column - leftWidth, numbers, batch.length());
    }
    return batch.withColumns(columns);
  }

  private Vector alignedRight(int column, int[] numbers, int length) {
    if (side.size() == 1 && isEvery(0, numbers, length)) {
      return side.constant(column, length);
    }
    return side.gatherOrNull(column, numbers, length);
  }

  private static boolean isEvery(int number, int[] numbers, int length) {
    for (int i = 0; i < length; i++) {
      if (numbers[i] != number) {
        return false;
      }
    }
    return true;
  }

  /// Pairs of a left row and a build row, in new vectors.
  Batch pairs(Batch batch, int[] positions, int[] numbers, int count) {
    Vector[] columns = new Vector[outputs.length];
    for (int i = 0; i < columns.length; i++) {
      int column = outputs[i];
      columns[i] =
          column < leftWidth
              ? Gather.gather(batch.column(column), positions, count)
              : side.gather(column - leftWidth, numbers, count);
    }
    return Batch.of(count, columns);
  }

  /// Left rows next to nulls: the live rows of a batch.
  Batch padded(Batch batch) {
    Vector[] columns = new Vector[outputs.length];
    for (int i = 0; i < columns.length; i++) {
      int column = outputs[i];
      columns[i] =
          column < leftWidth
              ? batch.column(column)
              : Gather.nulls(shape.right().type(column - leftWidth), batch.length());
    }
    return batch.withColumns(columns);
  }

  /// What the condition sees of the live left rows, each next to build row `numbers[position]`.
  Batch alignedForCondition(Batch batch, int[] numbers) {
    Vector[] columns = placeholders(batch.length());
    conditionColumns.stream()
        .forEach(c ->
            columns[c] =
                c < leftWidth
                    ? batch.column(c)
                    : alignedRight(c - leftWidth, numbers, batch.length()));
    return batch.withColumns(columns);
  }

  /// What the condition sees of pairs.
  Batch pairsForCondition(Batch batch, int[] positions, int[] numbers, int count) {
    Vector[] columns = placeholders(count);
    conditionColumns.stream()
        .forEach(c ->
            columns[c] =
                c < leftWidth
                    ? Gather.gather(batch.column(c), positions, count)
                    : side.gather(c - leftWidth, numbers, count));
    return Batch.of(count, columns);
  }

  /// Full width, so that the condition's columns are where the plan says; what it doesn't name is
  /// one vector of nulls.
  private Vector[] placeholders(int length) {
    Vector[] columns = new Vector[leftWidth + shape.right().size()];
    Arrays.fill(columns, Gather.nulls(Types.BOOLEAN, length));
    return columns;
  }
}
