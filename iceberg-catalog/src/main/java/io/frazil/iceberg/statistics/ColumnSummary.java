package io.frazil.iceberg.statistics;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.type.DataType;
import io.frazil.iceberg.type.IcebergTypes;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// What the files seen so far say of one column. As soon as one file doesn't say, nothing is known.
final class ColumnSummary {
  private final NestedField field;
  private final Comparator<Object> order;
  private long nulls;
  private boolean nullsKnown = true;
  private long nans;
  private boolean nansKnown = true;
  private @Nullable Object min;
  private @Nullable Object max;
  private boolean boundsKnown = true;

  ColumnSummary(NestedField field) {
    this.field = field;
    this.order = Comparators.forType(field.type().asPrimitiveType());
  }

  void add(DataFile file) {
    OptionalLong fileNulls =
        field.isRequired() ? OptionalLong.of(0) : count(file.nullValueCounts());
    nullsKnown &= fileNulls.isPresent();
    nulls += fileNulls.orElse(0);
    OptionalLong fileNans = isFloating() ? count(file.nanValueCounts()) : OptionalLong.of(0);
    nansKnown &= fileNans.isPresent();
    nans += fileNans.orElse(0);
    if (fileNulls.orElse(0) + fileNans.orElse(0) < file.recordCount()) {
      addBounds(bound(file.lowerBounds()), bound(file.upperBounds()));
    }
  }

  private void addBounds(@Nullable Object lower, @Nullable Object upper) {
    if (lower == null || upper == null || isNaN(lower) || isNaN(upper)) {
      boundsKnown = false;
      return;
    }
    min = min == null || order.compare(lower, min) < 0 ? lower : min;
    max = max == null || order.compare(upper, max) > 0 ? upper : max;
  }

  private OptionalLong count(@Nullable Map<Integer, Long> counts) {
    Long count = counts == null ? null : counts.get(field.fieldId());
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  private @Nullable Object bound(@Nullable Map<Integer, ByteBuffer> bounds) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(field.fieldId());
    return bytes == null ? null : Conversions.fromByteBuffer(field.type(), bytes);
  }

  private boolean isFloating() {
    return field.type().typeId() == Type.TypeID.FLOAT
        || field.type().typeId() == Type.TypeID.DOUBLE;
  }

  private static boolean isNaN(Object value) {
    return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
  }

  /// @param rows how many the table has
  /// @param sketched the distinct count of a sketch
  ColumnStatistics result(
      DataType type, long rows, @Nullable Double sketched, @Nullable Double averageBytes) {
    Literal lower = boundsKnown && min != null ? IcebergTypes.literal(min, type) : null;
    Literal upper = boundsKnown && max != null ? IcebergTypes.literal(max, type) : null;
    return new ColumnStatistics(
        lower,
        upper,
        // Manifests hold bounds: text is cut short, and other writers may round as they like.
        false,
        nullsKnown ? Statistic.exact((double) nulls) : null,
        nansKnown ? Statistic.exact((double) nans) : null,
        distinct(type, rows - (nullsKnown ? nulls : 0), sketched, lower, upper),
        type == DataType.Simple.VARCHAR ? averageBytes : Double.valueOf(width(type)));
  }

  private static @Nullable Statistic distinct(
      DataType type,
      long values,
      @Nullable Double sketched,
      @Nullable Literal lower,
      @Nullable Literal upper) {
    if (sketched != null) {
      return Statistic.estimate(Math.min(sketched, (double) values));
    }
    if (type == DataType.Simple.BOOLEAN) {
      return Statistic.upperBound(Math.min(2.0, (double) values));
    }
    boolean counted = type.isInteger() || type == DataType.Simple.DATE;
    if (counted
        && lower != null
        && upper != null
        && lower.value() instanceof Long least
        && upper.value() instanceof Long most) {
      return Statistic.upperBound(Math.min((double) values, (double) most - (double) least + 1));
    }
    return null;
  }

  /// Of a value of fixed width in memory, in bytes.
  private static int width(DataType type) {
    return switch (type.physical()) {
      case BOOLEAN -> 1;
      case INT -> Integer.BYTES;
      case LONG, DOUBLE -> Long.BYTES;
      case INT128 -> 2 * Long.BYTES;
      case STRING -> throw new IllegalArgumentException("text has no fixed width");
    };
  }
}
