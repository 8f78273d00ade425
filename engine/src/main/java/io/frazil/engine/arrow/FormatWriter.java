package io.frazil.engine.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import io.frazil.engine.type.Schema;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/// What Arrow's format has flatbuffers for: schemas, the heads of record batches, and footers
/// (`format/Schema.fbs`, `Message.fbs` and `File.fbs` of Arrow). Each method leaves one in the
/// builder, finished.
final class FormatWriter {
  private static final int DECIMAL_BITS = 128;

  private FormatWriter() {}

  /// A message that has the schema and no body.
  static void schema(FlatBufferBuilder out, Schema schema) {
    out.clear();
    message(out, MessageHeader.Schema, fields(out, schema), 0);
  }

  /// A message whose body is a record batch.
  static void recordBatch(FlatBufferBuilder out, BatchAppender rows, BodyBuffer body) {
    out.clear();
    int packing =
        body.isPacked()
            ? BodyCompression.createBodyCompression(
                out, CompressionType.ZSTD, BodyCompressionMethod.BUFFER)
            : 0;
    // Vectors are written from their end.
    RecordBatch.startBuffersVector(out, body.buffers());
    for (int i = body.buffers() - 1; i >= 0; i--) {
      Buffer.createBuffer(out, body.offset(i), body.length(i));
    }
    int buffers = out.endVector();
    RecordBatch.startNodesVector(out, rows.width());
    for (int i = rows.width() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(out, rows.rows(), rows.column(i).nulls());
    }
    int nodes = out.endVector();
    RecordBatch.startRecordBatch(out);
    RecordBatch.addLength(out, rows.rows());
    RecordBatch.addNodes(out, nodes);
    RecordBatch.addBuffers(out, buffers);
    if (packing != 0) {
      RecordBatch.addCompression(out, packing);
    }
    message(out, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(out), body.length());
  }

  private static void message(FlatBufferBuilder out, byte type, int header, long bodyLength) {
    Message.startMessage(out);
    Message.addBodyLength(out, bodyLength);
    Message.addHeader(out, header);
    Message.addVersion(out, MetadataVersion.V5);
    Message.addHeaderType(out, type);
    Message.finishMessageBuffer(out, Message.endMessage(out));
  }

  /// A file's index.
  ///
  /// @param blocks where its record batches lie
  /// @param texts what else there is to say, by key
  static void footer(
      FlatBufferBuilder out,
      Schema schema,
      List<ArrowOutput.Block> blocks,
      Map<String, String> texts) {
    out.clear();
    int fields = fields(out, schema);
    Footer.startDictionariesVector(out, 0);
    int dictionaries = out.endVector();
    Footer.startRecordBatchesVector(out, blocks.size());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      ArrowOutput.Block block = blocks.get(i);
      Block.createBlock(out, block.offset(), block.headBytes(), block.bodyBytes());
    }
    int recordBatches = out.endVector();
    int[] pairs = new int[texts.size()];
    int pair = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      int key = out.createString(text.getKey());
      pairs[pair++] = KeyValue.createKeyValue(out, key, out.createString(text.getValue()));
    }
    int metadata = Footer.createCustomMetadataVector(out, pairs);
    Footer.startFooter(out);
    Footer.addSchema(out, fields);
    Footer.addDictionaries(out, dictionaries);
    Footer.addRecordBatches(out, recordBatches);
    Footer.addCustomMetadata(out, metadata);
    Footer.addVersion(out, MetadataVersion.V5);
    Footer.finishFooterBuffer(out, Footer.endFooter(out));
  }

  private static int fields(FlatBufferBuilder out, Schema schema) {
    int[] fields = new int[schema.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field(out, schema.field(i));
    }
    int vector = org.apache.arrow.flatbuf.Schema.createFieldsVector(out, fields);
    org.apache.arrow.flatbuf.Schema.startSchema(out);
    org.apache.arrow.flatbuf.Schema.addFields(out, vector);
    return org.apache.arrow.flatbuf.Schema.endSchema(out);
  }

  private static int field(FlatBufferBuilder out, io.frazil.engine.type.Field field) {
    int name = out.createString(field.name());
    int parameters = parameters(out, field.type());
    // Readers of other languages insist on it.
    int children = Field.createChildrenVector(out, new int[0]);
    Field.startField(out);
    Field.addName(out, name);
    Field.addType(out, parameters);
    Field.addChildren(out, children);
    Field.addTypeType(out, type(field.type()));
    Field.addNullable(out, field.nullable());
    return Field.endField(out);
  }

  private static byte type(DataType type) {
    if (type instanceof DataType.Decimal) {
      return Type.Decimal;
    }
    if (type instanceof DataType.Timestamp) {
      return Type.Timestamp;
    }
    return switch ((Simple) type) {
      case BOOLEAN -> Type.Bool;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> Type.Int;
      case REAL, DOUBLE -> Type.FloatingPoint;
      case VARCHAR -> Type.Utf8;
      case DATE -> Type.Date;
    };
  }

  private static int parameters(FlatBufferBuilder out, DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return Decimal.createDecimal(out, decimal.precision(), decimal.scale(), DECIMAL_BITS);
    }
    if (type instanceof DataType.Timestamp timestamp) {
      int zone = timestamp.zoned() ? out.createString("UTC") : 0;
      Timestamp.startTimestamp(out);
      if (timestamp.zoned()) {
        Timestamp.addTimezone(out, zone);
      }
      Timestamp.addUnit(
          out, timestamp.precision() == 6 ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND);
      return Timestamp.endTimestamp(out);
    }
    return switch ((Simple) type) {
      case BOOLEAN -> bool(out);
      case TINYINT -> Int.createInt(out, Byte.SIZE, true);
      case SMALLINT -> Int.createInt(out, Short.SIZE, true);
      case INTEGER -> Int.createInt(out, Integer.SIZE, true);
      case BIGINT -> Int.createInt(out, Long.SIZE, true);
      case REAL -> FloatingPoint.createFloatingPoint(out, Precision.SINGLE);
      case DOUBLE -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
      case VARCHAR -> utf8(out);
      case DATE -> Date.createDate(out, DateUnit.DAY);
    };
  }

  private static int bool(FlatBufferBuilder out) {
    Bool.startBool(out);
    return Bool.endBool(out);
  }

  private static int utf8(FlatBufferBuilder out) {
    Utf8.startUtf8(out);
    return Utf8.endUtf8(out);
  }
}
