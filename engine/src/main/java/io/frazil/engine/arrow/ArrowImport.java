package io.frazil.engine.arrow;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/// Copies rows of Arrow roots into batches of their own memory. Null slots become zero, as Arrow
/// promises nothing of them.
public final class ArrowImport {
  private final Schema schema;
  private final DictionaryProvider dictionaries;

  /// @throws io.frazil.engine.error.FrazilException NOT_SUPPORTED naming a column
  public ArrowImport(
      org.apache.arrow.vector.types.pojo.Schema schema, DictionaryProvider dictionaries) {
    this.schema = ArrowSchemas.fromArrow(schema);
    this.dictionaries = dictionaries;
  }

  public Schema schema() {
    return schema;
  }

  /// Rows `from` to `from + count - 1` of the root.
  ///
  /// @param count at most [Batch#MAX_ROWS]
  public Batch read(VectorSchemaRoot root, int from, int count) {
    var columns = new Vector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      FieldVector vector = root.getVector(i);
      DictionaryEncoding encoding = vector.getField().getDictionary();
      if (encoding == null) {
        columns[i] = ColumnImport.read(vector, schema.type(i), from, count);
      } else {
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        columns[i] =
            DictionaryImport.read(vector, dictionary.getVector(), schema.field(i), from, count);
      }
    }
    return Batch.of(count, columns);
  }
}
