package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private final long seed = System.nanoTime();

  /// Every day of a cycle of 400 years, and others of all that an int reaches.
  private int[] days() {
    return IntStream.concat(
            IntStream.rangeClosed(-80_000, 80_000),
            new Random(seed).ints(50_000).map(day -> day >> (day & 15)))
        .toArray();
  }

  @Test
  void partsOfADayAreJavas() {
    for (int day : days()) {
      LocalDate date = LocalDate.ofEpochDay(day);
      if (Calendar.year(day) != date.getYear()
          || Calendar.month(day) != date.getMonthValue()
          || Calendar.dayOfMonth(day) != date.getDayOfMonth()
          || Calendar.dayOfYear(day) != date.getDayOfYear()
          || Calendar.dayOfWeek(day) != date.getDayOfWeek().getValue() % 7
          || Calendar.week(day) != date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)) {
        throw new AssertionError("seed %d: %s".formatted(seed, date));
      }
      assertThat(Calendar.day(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
    }
  }

  @Test
  void monthsAreAddedAsJavaAddsThem() {
    Random random = new Random(seed);
    for (int day : days()) {
      LocalDate date = LocalDate.ofEpochDay(day);
      int months = random.nextInt(5000) - 2500;
      assertThat(Calendar.addMonths(day, months))
          .as("seed %d: %s and %d months", seed, date, months)
          .isEqualTo(date.plusMonths(months).toEpochDay());
      YearMonth month = YearMonth.from(date);
      assertThat(Calendar.daysInMonth(month.getYear(), month.getMonthValue()))
          .isEqualTo(month.lengthOfMonth());
    }
  }

  @Test
  void yearsOfRowsLeaveNullsAtZero() {
    RandomRows.forEach(rows -> {
      int[] days = rows.ints();
      long[] out = new long[rows.length];
      Arrays.fill(out, 77);
      Calendar.years(days, rows.positions(), out);
      long[] expected = new long[rows.length];
      Arrays.fill(expected, 77);
      for (int p : rows.selection) {
        expected[p] = rows.isNull(p) ? 0 : LocalDate.ofEpochDay(days[p]).getLong(ChronoField.YEAR);
      }
      assertThat(out).isEqualTo(expected);
    });
  }
}
