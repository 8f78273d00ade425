package io.frazil.engine.parquet.write;

import io.frazil.engine.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/// What stands behind the row groups: the page indexes, the metadata, its length and the magic.
final class Footer {
  static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /// Of the form that readers parse to know whose statistics to trust.
  private static final String CREATED_BY = "frazil version 0.1.0";

  private final Schema schema;
  private final ParquetWriteOptions options;
  private final List<List<WrittenChunk>> rowGroups = new ArrayList<>();
  private final List<Long> rowGroupOffsets = new ArrayList<>();

  Footer(Schema schema, ParquetWriteOptions options) {
    this.schema = schema;
    this.options = options;
  }

  void add(long offset, List<WrittenChunk> chunks) {
    rowGroupOffsets.add(offset);
    rowGroups.add(chunks);
  }

  List<Long> rowGroupOffsets() {
    return rowGroupOffsets;
  }

  /// @param rows of each row group
  void writeTo(FileOutput out, List<Long> rows) {
    List<List<ColumnChunk>> groups =
        rowGroups.stream()
            .map(chunks -> chunks.stream().map(c -> c.metadata(options.compression())).toList())
            .toList();
    try {
      writeColumnIndexes(out, groups);
      writeOffsetIndexes(out, groups);
      long start = out.position();
      Util.writeFileMetaData(metadata(groups, rows), out);
      int length = Math.toIntExact(out.position() - start);
      ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      tail.putInt(length).put(MAGIC);
      out.write(tail.array(), 0, tail.capacity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileMetaData metadata(List<List<ColumnChunk>> groups, List<Long> rows) {
    var rowGroupMetadata = new ArrayList<RowGroup>();
    for (int i = 0; i < groups.size(); i++) {
      List<WrittenChunk> chunks = rowGroups.get(i);
      long uncompressed = chunks.stream().mapToLong(WrittenChunk::uncompressedBytes).sum();
      var group = new RowGroup(groups.get(i), uncompressed, rows.get(i));
      group.setFile_offset(rowGroupOffsets.get(i));
      group.setTotal_compressed_size(chunks.stream().mapToLong(WrittenChunk::bytes).sum());
      rowGroupMetadata.add(group);
    }
    long allRows = rows.stream().mapToLong(Long::longValue).sum();
    var metadata = new FileMetaData(1, elements(), allRows, rowGroupMetadata);
    metadata.setCreated_by(CREATED_BY);
    new TreeMap<>(options.metadata())
        .forEach((key, value) -> metadata.addToKey_value_metadata(keyValue(key, value)));
    for (int i = 0; i < schema.size(); i++) {
      metadata.addToColumn_orders(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    return metadata;
  }

  private List<SchemaElement> elements() {
    var elements = new ArrayList<SchemaElement>();
    elements.add(new SchemaElement("table").setNum_children(schema.size()));
    for (int i = 0; i < schema.size(); i++) {
      SchemaElement element = ParquetForm.element(schema.field(i));
      if (!options.fieldIds().isEmpty()) {
        element.setField_id(options.fieldIds().get(i));
      }
      elements.add(element);
    }
    return elements;
  }

  private static KeyValue keyValue(String key, String value) {
    return new KeyValue(key).setValue(value);
  }

  private void writeColumnIndexes(FileOutput out, List<List<ColumnChunk>> groups)
      throws IOException {
    for (int group = 0; group < groups.size(); group++) {
      for (int column = 0; column < schema.size(); column++) {
        ColumnIndex index = rowGroups.get(group).get(column).columnIndex();
        if (index != null) {
          long start = out.position();
          Util.writeColumnIndex(index, out);
          ColumnChunk chunk = groups.get(group).get(column);
          chunk.setColumn_index_offset(start);
          chunk.setColumn_index_length(Math.toIntExact(out.position() - start));
        }
      }
    }
  }

  private void writeOffsetIndexes(FileOutput out, List<List<ColumnChunk>> groups)
      throws IOException {
    for (int group = 0; group < groups.size(); group++) {
      for (int column = 0; column < schema.size(); column++) {
        long start = out.position();
        Util.writeOffsetIndex(rowGroups.get(group).get(column).offsetIndex(), out);
        ColumnChunk chunk = groups.get(group).get(column);
        chunk.setOffset_index_offset(start);
        chunk.setOffset_index_length(Math.toIntExact(out.position() - start));
      }
    }
  }
}
