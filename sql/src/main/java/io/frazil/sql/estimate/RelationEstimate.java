package io.frazil.sql.estimate;

import java.util.ArrayList;
import java.util.List;

/// What is thought of the rows that a node gives.
///
/// @param source what `rows` rests on, for people
public record RelationEstimate(double rows, List<ColumnEstimate> columns, String source) {
  public RelationEstimate {
    columns = List.copyOf(columns);
  }

  ColumnEstimate column(int index) {
    return columns.get(index);
  }

  /// How many bytes all rows have in one of the columns.
  public double bytes(int column) {
    return rows * columns.get(column).bytes();
  }

  /// How many bytes one of the columns has in a row, on average.
  public double width(int column) {
    return columns.get(column).bytes();
  }

  /// How many different values a column has.
  public double distinct(int column) {
    return columns.get(column).distinct();
  }

  /// The same relation with other rows; columns keep at most as many values as there are rows.
  RelationEstimate withRows(double count, String why) {
    double wanted = Math.max(count, 0);
    double fraction = rows <= 0 ? 1 : Math.min(1, wanted / rows);
    var thinned = new ArrayList<ColumnEstimate>();
    for (ColumnEstimate column : columns) {
      ColumnEstimate left = column.thinned(rows, fraction);
      thinned.add(left.withDistinct(Math.min(left.distinct(), Math.max(1, wanted))));
    }
    return new RelationEstimate(wanted, thinned, why);
  }

  RelationEstimate withColumns(List<ColumnEstimate> other) {
    return new RelationEstimate(rows, other, source);
  }
}
