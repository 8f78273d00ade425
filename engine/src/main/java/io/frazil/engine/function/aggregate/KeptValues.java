package io.frazil.engine.function.aggregate;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// One row's value of each group, of any type.
final class KeptValues {
  private final ColumnBuffer values;

  /// Which of `values` a group has, or -1.
  private int[] numbers = {};

  private int[] chosen = {};

  KeptValues(DataType type) {
    values = ColumnBuffer.of(type);
  }

  void resize(int groups) {
    if (groups > numbers.length) {
      int old = numbers.length;
      numbers = Arrays.copyOf(numbers, GroupArrays.capacity(groups));
      Arrays.fill(numbers, old, numbers.length, -1);
    }
  }

  /// Keeps the first value that is not null of each group that has none.
  void keepFirst(int[] groups, Vector source, int count) {
    if (chosen.length < count) {
      chosen = new int[count];
    }
    int added = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[groups[i]] < 0 && !source.isNull(i)) {
        numbers[groups[i]] = values.rows() + added;
        chosen[added++] = i;
      }
    }
    values.append(source, chosen, added);
  }

  Vector vector(int from, int count) {
    return values.gatherOrNull(Arrays.copyOfRange(numbers, from, from + count), count);
  }

  long bytes() {
    return values.bytes() + ((long) numbers.length + chosen.length) * Integer.BYTES;
  }
}
