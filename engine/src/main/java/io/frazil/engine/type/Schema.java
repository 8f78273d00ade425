package io.frazil.engine.type;

import java.util.List;
import java.util.OptionalInt;

/// The columns of a table, a plan node or a batch, by position. Names may repeat (a join of two
/// tables); positions identify.
public record Schema(List<Field> fields) {
  public Schema {
    fields = List.copyOf(fields);
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  public int size() {
    return fields.size();
  }

  public Field field(int index) {
    return fields.get(index);
  }

  public DataType type(int index) {
    return fields.get(index).type();
  }

  /// The first field of this name, compared exactly.
  public OptionalInt indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// The schema of some of the columns, in the order given.
  public Schema select(List<Integer> columns) {
    return new Schema(columns.stream().map(fields::get).toList());
  }
}
