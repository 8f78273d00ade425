package io.frazil.sql.estimate;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.sql.bind.EngineTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A table's own statistics as estimates.
final class TableEstimates {
  /// Without bounds, a value stands in about this many rows.
  private static final double ROWS_PER_VALUE = 10;

  private static final double TEXT_BYTES = 24;

  private TableEstimates() {}

  /// @param width how many columns the table's row has: those that nothing reads stand behind the
  ///   provider's
  static RelationEstimate of(EngineTable table, int width) {
    TableStatistics statistics = table.statistics();
    Schema schema = table.provider().schema();
    Statistic count = statistics.rows();
    double rows = Math.max(1, count.value());
    var columns = new ArrayList<ColumnEstimate>();
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      var origin = new ColumnEstimate.Origin(table.reference().toString(), field.name(), rows);
      columns.add(column(field, statistics.columns().get(i), origin));
    }
    while (columns.size() < width) {
      columns.add(ColumnEstimate.computed(rows, TEXT_BYTES));
    }
    String source =
        switch (count.exactness()) {
          case EXACT -> "row count of " + table.reference();
          case UPPER_BOUND -> "at most the row count of " + table.reference();
          case ESTIMATE -> "estimated row count of " + table.reference();
        };
    return new RelationEstimate(rows, columns, source);
  }

  private static ColumnEstimate column(
      Field field, ColumnStatistics statistics, ColumnEstimate.Origin origin) {
    double min = number(statistics.min());
    double max = number(statistics.max());
    Statistic nulls = statistics.nulls();
    double nullFraction = nulls == null ? 0 : Math.min(1, nulls.value() / origin.rows());
    Double average = statistics.averageBytes();
    double bytes = width(field.type(), average);
    Statistic distinct = statistics.distinct();
    if (distinct != null) {
      return new ColumnEstimate(
          Math.max(1, Math.min(distinct.value(), origin.rows())),
          nullFraction,
          min,
          max,
          bytes,
          origin,
          "distinct count of " + field.name() + word(distinct.exactness()));
    }
    double guessed = Math.max(1, origin.rows() / ROWS_PER_VALUE);
    boolean steps = field.type().isInteger() || field.type() == DataType.Simple.DATE;
    if (steps && !Double.isNaN(min) && !Double.isNaN(max)) {
      double values = Math.clamp(max - min + 1, 1, origin.rows());
      return new ColumnEstimate(
          values, nullFraction, min, max, bytes, origin, "bounds of " + field.name());
    }
    return new ColumnEstimate(
        guessed, nullFraction, min, max, bytes, origin, "guess for " + field.name());
  }

  private static String word(Statistic.Exactness exactness) {
    return switch (exactness) {
      case EXACT -> "";
      case UPPER_BOUND -> " (bound)";
      case ESTIMATE -> " (sketch)";
    };
  }

  /// A bound on its type's own scale; NaN for text, which has none.
  private static double number(@Nullable Literal literal) {
    return literal == null ? Double.NaN : number(literal.value());
  }

  private static double number(@Nullable Object value) {
    return switch (value) {
      case Long n -> n;
      case Double n -> n;
      case BigDecimal n -> n.doubleValue();
      case null, default -> Double.NaN;
    };
  }

  static double width(DataType type, @Nullable Double average) {
    return switch (type.physical()) {
      case BOOLEAN -> 1;
      case INT -> 4;
      case LONG, DOUBLE -> 8;
      case INT128 -> 16;
      case STRING -> 8 + (average == null ? TEXT_BYTES : average);
    };
  }
}
