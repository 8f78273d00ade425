package io.frazil.engine.vector;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes batches of rows of Java objects: for VALUES and tests. [VectorBuilder] says which objects.
public final class BatchBuilder {
  private final Schema schema;
  private final List<Batch> full = new ArrayList<>();
  private List<VectorBuilder> columns;
  private int rows;

  public BatchBuilder(Schema schema) {
    this.schema = schema;
    this.columns = newColumns();
  }

  public BatchBuilder row(@Nullable Object... values) {
    if (values.length != schema.size()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "a row of %d values for %d columns".formatted(values.length, schema.size()));
    }
    for (int i = 0; i < values.length; i++) {
      columns.get(i).append(values[i]);
    }
    if (++rows == Batch.MAX_ROWS) {
      full.add(cut());
    }
    return this;
  }

  /// All rows as one batch: fails where they are too many.
  public Batch build() {
    if (!full.isEmpty()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "a batch has at most " + Batch.MAX_ROWS + " rows");
    }
    return cut();
  }

  /// All rows as batches, none of them empty.
  public List<Batch> batches() {
    if (rows > 0) {
      full.add(cut());
    }
    return List.copyOf(full);
  }

  private Batch cut() {
    Batch batch = Batch.of(rows, columns.stream().map(VectorBuilder::build).toList());
    columns = newColumns();
    rows = 0;
    return batch;
  }

  private List<VectorBuilder> newColumns() {
    return schema.fields().stream().map(Field::type).map(VectorBuilder::new).toList();
  }
}
