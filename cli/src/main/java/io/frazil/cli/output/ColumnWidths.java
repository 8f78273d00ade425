package io.frazil.cli.output;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a terminal's width is shared out among a table's columns.
final class ColumnWidths {
  /// A text that is cut shorter than this says nothing any more.
  private static final int TEXT_MIN = 16;

  private ColumnWidths() {}

  /// The widths that columns would take, with as little cut off the longest texts as makes them
  /// fit. Numbers are not cut.
  ///
  /// @param natural what each would take
  /// @param numbers which are numbers
  /// @return null where they cannot fit
  static int @Nullable [] fit(int[] natural, boolean[] numbers, int room) {
    int widest = IntStream.of(natural).max().orElse(0);
    if (total(natural, numbers, widest) <= room) {
      return natural;
    }
    if (natural.length == 1 || total(natural, numbers, TEXT_MIN) > room) {
      return null;
    }
    int cap = TEXT_MIN;
    while (total(natural, numbers, cap + 1) <= room) {
      cap++;
    }
    return capped(natural, numbers, cap);
  }

  private static int total(int[] natural, boolean[] numbers, int cap) {
    return IntStream.of(capped(natural, numbers, cap)).sum();
  }

  private static int[] capped(int[] natural, boolean[] numbers, int cap) {
    return IntStream.range(0, natural.length)
        .map(i -> numbers[i] ? natural[i] : Math.min(natural[i], cap))
        .toArray();
  }
}
