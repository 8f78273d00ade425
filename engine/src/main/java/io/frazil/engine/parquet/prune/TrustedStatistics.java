package io.frazil.engine.parquet.prune;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// What of a column chunk's statistics can be believed: nothing of those that contradict
/// themselves, and not what its writer is known to have written wrongly.
///
/// Arrow C++ before 12.0.0 counted no nulls of columns that it was given as dictionaries
/// (https://github.com/apache/arrow/pull/10729), took the bounds of text from all of the dictionary
/// or from its first part (https://github.com/apache/arrow/issues/42930,
/// https://github.com/apache/arrow/issues/15042), and those of chunks of several pages from some of
/// them (https://github.com/apache/arrow/pull/34107).
public final class TrustedStatistics {
  private static final Pattern ARROW =
      Pattern.compile("parquet-cpp(-arrow)? version (\\d{1,4})\\..*", Pattern.DOTALL);

  /// The first version whose statistics are right.
  private static final int RIGHT_SINCE = 12;

  private TrustedStatistics() {}

  /// The statistics as far as they can be believed; null where nothing is left.
  ///
  /// @param values how many the chunk has, nulls included
  /// @param writer what the file says that wrote it
  public static @Nullable Statistics of(
      @Nullable Statistics statistics, Type stored, long values, @Nullable String writer) {
    if (statistics == null || isContradictory(statistics, values)) {
      return null;
    }
    return isDoubtful(writer) ? doubted(statistics, stored) : statistics;
  }

  private static boolean isContradictory(Statistics statistics, long values) {
    if (!statistics.isSetNull_count()) {
      return false;
    }
    long nulls = statistics.getNull_count();
    boolean bounded =
        statistics.isSetMin_value()
            || statistics.isSetMax_value()
            || statistics.isSetMin()
            || statistics.isSetMax();
    return nulls < 0 || nulls > values || (nulls == values && bounded);
  }

  /// Whether the writer is one of those above. The older `parquet-cpp` had no version as late.
  public static boolean isDoubtful(@Nullable String writer) {
    if (writer == null) {
      return false;
    }
    Matcher matcher = ARROW.matcher(writer);
    return matcher.matches() && Integer.parseInt(matcher.group(2)) < RIGHT_SINCE;
  }

  private static Statistics doubted(Statistics statistics, Type stored) {
    var kept = new Statistics(statistics);
    if (kept.getNull_count() == 0) {
      kept.unsetNull_count();
    }
    if (stored == Type.BYTE_ARRAY) {
      kept.unsetMin_value();
      kept.unsetMax_value();
      kept.unsetMin();
      kept.unsetMax();
    }
    return kept;
  }
}
