package io.frazil.engine.plan;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column that a scan reads, and how it is found in a file: by `fieldId` where the file has field
/// ids, else by the first of `names` that the file has.
///
/// @param fieldId the table format's id, or null where only names identify
/// @param names the column's names in files without field ids: none where the table's name mapping
///   leaves it out, null where nothing maps names
/// @param missing what a file that does not have the column holds, null for nulls
public record ScanColumn(
    String name,
    DataType type,
    boolean nullable,
    @Nullable Integer fieldId,
    @Nullable List<String> names,
    Expression.@Nullable Literal missing) {
  public ScanColumn {
    names = names == null ? null : List.copyOf(names);
  }

  /// A column that is found by its own name.
  public static ScanColumn named(Field field) {
    return new ScanColumn(
        field.name(), field.type(), field.nullable(), null, List.of(field.name()), null);
  }

  public Field field() {
    return new Field(name, type, nullable);
  }
}
