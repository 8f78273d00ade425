package io.frazil.session;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.VectorValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results as Java values.
public final class Rows {
  private Rows() {}

  /// All rows that are left.
  public static List<List<@Nullable Object>> of(BatchReader reader) {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      rows.addAll(VectorValues.rows(batch));
    }
    return rows;
  }
}
