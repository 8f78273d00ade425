package io.frazil.iceberg.imports;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.ParquetColumn;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.iceberg.type.IcebergTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/// The schema that a table over some files has: their columns, in the order of the first, with the
/// field ids that the files have or new ones.
///
/// @param byName whether a file has no field ids, so that a name mapping has to find its columns
public record ImportedSchema(Schema schema, boolean byName) {
  /// @throws FrazilException TYPE_MISMATCH where the files don't agree, with the two and the column
  public static ImportedSchema of(List<ImportedFile> files) {
    ImportedFile first = files.getFirst();
    files.forEach(file -> requireSameColumns(first, file));
    List<Field> fields = new ArrayList<>();
    for (ParquetColumn column : first.columns()) {
      boolean nullable =
          files.stream().anyMatch(file -> find(file, column.name()).orElse(column).nullable());
      fields.add(new Field(column.name(), type(column), nullable));
    }
    Map<String, Integer> ids = fieldIds(files);
    List<NestedField> numbered = new ArrayList<>();
    for (NestedField field :
        IcebergTypes.icebergSchema(new io.frazil.engine.type.Schema(fields)).columns()) {
      numbered.add(
          NestedField.from(field).withId(ids.getOrDefault(field.name(), field.fieldId())).build());
    }
    return new ImportedSchema(new Schema(numbered), files.stream().anyMatch(file -> !hasIds(file)));
  }

  private static void requireSameColumns(ImportedFile first, ImportedFile file) {
    if (file.columns().stream().map(ParquetColumn::name).distinct().count()
        != file.columns().size()) {
      throw disagreement("'" + file.location() + "' has two columns of one name");
    }
    for (ParquetColumn column : first.columns()) {
      ParquetColumn same =
          find(file, column.name())
              .orElseThrow(() ->
                  disagreement(
                      "'%s' has a column '%s', '%s' has not"
                          .formatted(first.location(), column.name(), file.location())));
      if (!type(same).equals(type(column))) {
        throw disagreement(
            "column '%s' is %s in '%s' and %s in '%s'"
                .formatted(
                    column.name(),
                    type(column).text(),
                    first.location(),
                    type(same).text(),
                    file.location()));
      }
    }
    for (ParquetColumn column : file.columns()) {
      if (find(first, column.name()).isEmpty()) {
        throw disagreement(
            "'%s' has a column '%s', '%s' has not"
                .formatted(file.location(), column.name(), first.location()));
      }
    }
  }

  /// The field ids by name, of the files that have them; none where none has.
  private static Map<String, Integer> fieldIds(List<ImportedFile> files) {
    Map<String, Integer> ids = new HashMap<>();
    for (ImportedFile file : files) {
      if (!hasIds(file)) {
        continue;
      }
      for (ParquetColumn column : file.columns()) {
        Integer id = column.fieldId();
        Integer before = id == null ? null : ids.putIfAbsent(column.name(), id);
        if (id == null || (before != null && !before.equals(id))) {
          throw disagreement(
              "column '%s' has no field id, or another than elsewhere, in '%s'"
                  .formatted(column.name(), file.location()));
        }
      }
    }
    if (new HashSet<>(ids.values()).size() != ids.size()) {
      throw disagreement(
          "two columns have the same field id in '" + files.getFirst().location() + "'");
    }
    return ids;
  }

  private static boolean hasIds(ImportedFile file) {
    return file.columns().stream().anyMatch(column -> column.fieldId() != null);
  }

  private static Optional<ParquetColumn> find(ImportedFile file, String name) {
    return file.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private static DataType type(ParquetColumn column) {
    return column.type().orElseThrow();
  }

  private static FrazilException disagreement(String how) {
    return new FrazilException(ErrorCode.TYPE_MISMATCH, "The files cannot be one table: " + how);
  }
}
