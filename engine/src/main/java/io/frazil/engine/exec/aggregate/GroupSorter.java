package io.frazil.engine.exec.aggregate;

import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import org.jspecify.annotations.Nullable;

/// Sorts the rows of a batch by group, for a few groups.
///
/// Every group has a list with a cursor. The batch is cut into four lanes with lists of their own,
/// which are filled in turns: where one group comes many times in a row, a cursor then has moved on
/// in memory before it is needed again.
final class GroupSorter {
  static final int MAX_GROUPS = 16;

  /// Fewer rows are not worth it.
  static final int MIN_ROWS = 256;

  private static final int LANES = 4;

  /// The last lane also gets what is left when a batch is cut into four.
  private static final int LIST_ROWS = Batch.MAX_ROWS / LANES + LANES;

  private static final int LISTS = LANES * MAX_GROUPS;

  private final int[] positions = new int[LISTS * LIST_ROWS];
  private final int[] groupOfList = new int[LISTS];
  private final int[] starts = new int[LISTS];
  private final int[] ends = new int[LISTS];

  GroupSorter() {
    for (int list = 0; list < LISTS; list++) {
      groupOfList[list] = list % MAX_GROUPS;
      starts[list] = list * LIST_ROWS;
    }
  }

  /// The rows by group; valid until the next call.
  GroupedRows sort(int[] groups, Rows rows) {
    System.arraycopy(starts, 0, ends, 0, LISTS);
    int count = rows.count();
    int lane = count / LANES;
    fill(groups, rows.selection(), lane);
    for (int i = LANES * lane; i < count; i++) {
      positions[ends[3 * MAX_GROUPS + groups[i]]++] = rows.position(i);
    }
    return new GroupedRows(count, LISTS, groupOfList, starts, ends, positions);
  }

  private void fill(int[] groups, int @Nullable [] selection, int lane) {
    for (int i = 0; i < lane; i++) {
      int second = i + lane;
      int third = second + lane;
      int fourth = third + lane;
      positions[ends[groups[i]]++] = selection == null ? i : selection[i];
      positions[ends[MAX_GROUPS + groups[second]]++] =
          selection == null ? second : selection[second];
      positions[ends[2 * MAX_GROUPS + groups[third]]++] =
          selection == null ? third : selection[third];
      positions[ends[3 * MAX_GROUPS + groups[fourth]]++] =
          selection == null ? fourth : selection[fourth];
    }
  }
}
