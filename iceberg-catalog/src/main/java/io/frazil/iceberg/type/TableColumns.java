package io.frazil.iceberg.type;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// A table's columns as the engine sees them.
///
/// @param columns those of types that the engine has, in order
/// @param fields the Iceberg fields of `columns`
/// @param unsupported the types of the others, by name
public record TableColumns(
    List<ScanColumn> columns, List<NestedField> fields, Map<String, String> unsupported) {
  /// @param properties the table's, of which the name mapping counts
  public static TableColumns of(org.apache.iceberg.Schema schema, Map<String, String> properties) {
    String json = properties.get(TableProperties.DEFAULT_NAME_MAPPING);
    NameMapping mapping = json == null ? null : NameMappingParser.fromJson(json);
    List<ScanColumn> columns = new ArrayList<>();
    List<NestedField> fields = new ArrayList<>();
    Map<String, String> unsupported = new LinkedHashMap<>();
    for (NestedField field : schema.columns()) {
      Optional<DataType> type = IcebergTypes.engineType(field.type());
      if (type.isPresent()) {
        columns.add(column(field, type.get(), mapping));
        fields.add(field);
      } else {
        unsupported.put(field.name(), field.type().toString());
      }
    }
    return new TableColumns(List.copyOf(columns), List.copyOf(fields), unsupported);
  }

  // The check doesn't see that the record's last components may be null across class files.
  @SuppressWarnings("NullAway")
  private static ScanColumn column(
      NestedField field, DataType type, @Nullable NameMapping mapping) {
    return new ScanColumn(
        field.name(),
        type,
        field.isOptional(),
        field.fieldId(),
        mapping == null ? null : names(mapping.find(field.fieldId())),
        missing(field, type));
  }

  private static List<String> names(@Nullable MappedField mapped) {
    return mapped == null ? List.of() : List.copyOf(mapped.names());
  }

  private static Expression.@Nullable Literal missing(NestedField field, DataType type) {
    Object value = field.initialDefault();
    return value == null ? null : IcebergTypes.literal(value, type);
  }

  public Schema schema() {
    return new Schema(columns.stream().map(ScanColumn::field).toList());
  }
}
