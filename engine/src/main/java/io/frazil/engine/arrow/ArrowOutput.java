package io.frazil.engine.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.frazil.engine.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An Arrow IPC stream (schema, record batches, end of stream), or a file: the same between the
/// magic bytes and an index of the record batches.
final class ArrowOutput {
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] MAGIC_ALIGNED = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);

  // The length of a message that there is none of.
  private static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final OutputStream out;
  private final Schema schema;
  private final Form form;
  private final List<Block> blocks = new ArrayList<>();
  private long position;

  enum Form {
    /// Read from front to back.
    STREAM,
    /// Read at random.
    FILE
  }

  /// Where a record batch lies in a file.
  record Block(long offset, int headBytes, long bodyBytes) {}

  ArrowOutput(OutputStream out, Schema schema, Form form) {
    this.out = out;
    this.schema = schema;
    this.form = form;
  }

  /// Writes what comes before the first record batch.
  void start() throws IOException {
    if (form == Form.FILE) {
      write(MAGIC_ALIGNED, MAGIC_ALIGNED.length);
    }
    var metadata = new FlatBufferBuilder();
    FormatWriter.schema(metadata, schema);
    var head = new MessageHead();
    head.of(metadata);
    write(head.bytes(), head.length());
  }

  /// Writes the record batch that the encoder has.
  void add(RecordBatchEncoder batch) throws IOException {
    begin(batch.headBytes(), batch.bodyBytes());
    batch.writeTo(out);
    position += batch.headBytes() + (long) batch.bodyBytes();
  }

  /// Writes a record batch.
  void add(PartitionBuffer.Message batch) throws IOException {
    begin(batch.headBytes(), batch.bytes().length - batch.headBytes());
    write(batch.bytes(), batch.bytes().length);
  }

  private void begin(int headBytes, long bodyBytes) {
    if (form == Form.FILE) {
      blocks.add(new Block(position, headBytes, bodyBytes));
    }
  }

  /// Writes what comes behind the last record batch.
  ///
  /// @param texts what a file's index says beyond, by key
  void finish(Map<String, String> texts) throws IOException {
    write(END_OF_STREAM, END_OF_STREAM.length);
    if (form == Form.FILE) {
      var footer = new FlatBufferBuilder();
      FormatWriter.footer(footer, schema, blocks, texts);
      byte[] bytes = footer.sizedByteArray();
      write(bytes, bytes.length);
      var length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      write(length.putInt(bytes.length).array(), Integer.BYTES);
      write(MAGIC, MAGIC.length);
    }
  }

  /// How much was written, in bytes.
  long position() {
    return position;
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }
}
