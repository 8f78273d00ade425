package io.frazil.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares two engines' answers: as multisets, and in the order that ORDER BY fixes.
///
/// Exact values are equal exactly. Where one side has a floating value (DuckDB's `avg` and decimal
/// division are doubles), they agree within what the other's digits can say.
public final class Answers {
  private static final double RELATIVE = 1e-9;

  private Answers() {}

  /// Asserts that both hold the same rows, in whatever order.
  public static void assertSameRows(String what, Answer ours, Answer theirs) {
    assertThat(ours.columns()).as("%s: columns", what).hasSameSizeAs(theirs.columns());
    assertThat(ours.rows().size()).as("%s: number of rows", what).isEqualTo(theirs.rows().size());
    var left = sorted(ours.rows());
    var right = sorted(theirs.rows());
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        fail("%s: row %d is %s, DuckDB has %s", what, i, left.get(i), right.get(i));
      }
    }
  }

  /// Asserts the same rows in an order by `keys` (columns); where `limited`, rows that tie with the
  /// last one may be any of those that tie.
  static void assertSameOrder(
      String what, Answer ours, Answer theirs, List<Integer> keys, boolean limited) {
    assertThat(ours.rows().size()).as("%s: number of rows", what).isEqualTo(theirs.rows().size());
    for (int i = 0; i < ours.rows().size(); i++) {
      var left = pick(ours.rows().get(i), keys);
      var right = pick(theirs.rows().get(i), keys);
      if (!same(left, right)) {
        fail("%s: row %d is ordered by %s, DuckDB's by %s", what, i, left, right);
      }
    }
    if (!limited || ours.rows().isEmpty()) {
      assertSameRows(what, ours, theirs);
      return;
    }
    var last = pick(theirs.rows().getLast(), keys);
    assertSameRows(what, withoutTies(ours, keys, last), withoutTies(theirs, keys, last));
  }

  private static Answer withoutTies(
      Answer answer, List<Integer> keys, List<@Nullable Object> last) {
    return new Answer(
        answer.columns(),
        answer.rows().stream().filter(row -> !same(pick(row, keys), last)).toList());
  }

  private static List<@Nullable Object> pick(List<@Nullable Object> row, List<Integer> keys) {
    var picked = new ArrayList<@Nullable Object>();
    keys.forEach(key -> picked.add(row.get(key)));
    return picked;
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    var sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(Answers::sortText));
    return sorted;
  }

  /// Text to pair rows by: numbers with few digits, so that a rounding does not part a pair.
  private static String sortText(List<@Nullable Object> row) {
    var text = new StringBuilder();
    for (Object value : row) {
      text.append(
          switch (value) {
            case null -> "∅";
            case Number number -> "%.5e".formatted(number.doubleValue());
            default -> value.toString();
          });
      text.append('|');
    }
    return text.toString();
  }

  private static boolean same(List<@Nullable Object> left, List<@Nullable Object> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Number l && right instanceof Number r) {
      if (isFloating(l) || isFloating(r)) {
        return close(l, r);
      }
      return exact(l).compareTo(exact(r)) == 0;
    }
    return left.equals(right) || isDateAsTimestamp(left, right);
  }

  /// A known difference: a date and an interval make a timestamp in DuckDB, a date here.
  private static boolean isDateAsTimestamp(Object left, Object right) {
    return left instanceof LocalDate date && date.atStartOfDay().equals(right);
  }

  private static boolean isFloating(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  private static boolean close(Number left, Number right) {
    double l = left.doubleValue();
    double r = right.doubleValue();
    if (Double.compare(l, r) == 0 || l == r) {
      return true;
    }
    double digits = Math.max(lastDigit(left), lastDigit(right));
    return Math.abs(l - r) <= Math.max(digits, RELATIVE * Math.max(Math.abs(l), Math.abs(r)));
  }

  /// What one unit in the last place of a decimal is worth; 0 of a double.
  private static double lastDigit(Number number) {
    return number instanceof BigDecimal decimal ? Math.pow(10, -decimal.scale()) : 0;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
