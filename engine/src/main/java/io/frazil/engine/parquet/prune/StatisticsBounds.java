package io.frazil.engine.parquet.prune;

import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// [Bounds] from what writers recorded, as far as it fits together.
public final class StatisticsBounds {
  private StatisticsBounds() {}

  /// Of a whole column chunk.
  ///
  /// @param rows how many the chunk has
  /// @param optional whether the column may hold nulls
  /// @param ordered whether bounds follow the order that the type defines
  public static Bounds of(
      @Nullable Statistics statistics,
      StoredValue value,
      long rows,
      boolean optional,
      boolean ordered) {
    if (statistics == null) {
      return new Bounds(null, null, optional, rows > 0);
    }
    boolean counted = statistics.isSetNull_count();
    boolean mayBeNull = optional && (!counted || statistics.getNull_count() != 0);
    boolean onlyNulls = optional && counted && statistics.getNull_count() == rows;
    boolean mayBeValue = rows > 0 && !onlyNulls;
    byte[] min = ordered ? statistics.getMin_value() : null;
    byte[] max = ordered ? statistics.getMax_value() : null;
    if (min == null && max == null && isSignedInteger(value)) {
      // Older writers' fields: their order was only ever right for these.
      min = statistics.getMin();
      max = statistics.getMax();
    }
    boolean nanFree = statistics.isSetNan_count() && statistics.getNan_count() == 0;
    return bounds(wrap(min), wrap(max), value, mayBeNull, mayBeValue, nanFree);
  }

  /// Of each page; empty where the index does not fit together.
  ///
  /// @param pages how many there are
  public static List<Bounds> of(
      ColumnIndex index, StoredValue value, int pages, boolean optional, boolean ordered) {
    List<Boolean> nullPages = index.getNull_pages();
    List<ByteBuffer> mins = index.getMin_values();
    List<ByteBuffer> maxes = index.getMax_values();
    List<Long> nulls = index.getNull_counts();
    List<Long> nans = index.getNan_counts();
    if (nullPages == null
        || mins == null
        || maxes == null
        || nullPages.size() != pages
        || mins.size() != pages
        || maxes.size() != pages) {
      return List.of();
    }
    var bounds = new ArrayList<Bounds>();
    for (int i = 0; i < pages; i++) {
      Long count = nulls != null && nulls.size() == pages ? nulls.get(i) : null;
      boolean mayBeNull = optional && (count == null || count != 0);
      boolean nanFree = nans != null && nans.size() == pages && nans.get(i) == 0;
      boolean bounded = mins.get(i).hasRemaining() || maxes.get(i).hasRemaining();
      if (isContradictory(nullPages.get(i), bounded, count, optional)) {
        bounds.add(new Bounds(null, null, optional, true));
      } else if (nullPages.get(i)) {
        bounds.add(Bounds.NULL);
      } else if (ordered) {
        bounds.add(bounds(mins.get(i), maxes.get(i), value, mayBeNull, true, nanFree));
      } else {
        bounds.add(new Bounds(null, null, mayBeNull, true));
      }
    }
    return bounds;
  }

  private static boolean isContradictory(
      boolean onlyNulls, boolean bounded, @Nullable Long nulls, boolean optional) {
    boolean noNulls = !optional || (nulls != null && nulls == 0);
    return (nulls != null && nulls < 0) || (onlyNulls && (bounded || noNulls));
  }

  private static Bounds bounds(
      @Nullable ByteBuffer min,
      @Nullable ByteBuffer max,
      StoredValue value,
      boolean mayBeNull,
      boolean mayBeValue,
      boolean nanFree) {
    Object least = min == null ? null : value.read(min);
    Object greatest = max == null ? null : value.read(max);
    if (least != null && greatest != null && Bounds.compare(least, greatest) > 0) {
      // The wrong way round: neither is a bound.
      return new Bounds(null, null, mayBeNull, mayBeValue);
    }
    if (value.type().isFloating()) {
      // A bound that is NaN spoils both; and NaN, which is greatest, is in no bound.
      boolean spoilt = least == null || greatest == null;
      least = spoilt ? null : least;
      greatest = spoilt || !nanFree ? null : greatest;
    }
    return new Bounds(least, greatest, mayBeNull, mayBeValue);
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static boolean isSignedInteger(StoredValue value) {
    boolean unsigned =
        value.conversion() == Conversion.UNSIGNED_INT_TO_LONG
            || value.type() == DataType.Simple.SMALLINT;
    return !unsigned && (value.stored() == Type.INT32 || value.stored() == Type.INT64);
  }
}
