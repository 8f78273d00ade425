package io.frazil.engine.arrow;

import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/// The record batches of one partition, as a [PartialWriter] writes them: of a schema that the
/// consumer knows from its plan, and nothing else between them. Whatever a message says of its size
/// is checked before memory is taken for it.
final class PartitionReader extends ArrowReader {
  /// What stands before the length of each message.
  private static final int CONTINUATION = -1;

  private static final int PREFIX_BYTES = 2 * Integer.BYTES;

  private final ReadChannel in;
  private final Schema schema;
  private long rest;

  /// @param length of the partition, in bytes
  PartitionReader(ReadableByteChannel in, long length, Schema schema, BufferAllocator allocator) {
    super(allocator, ArrowCompression.FACTORY);
    this.in = new ReadChannel(in);
    this.schema = schema;
    this.rest = length;
  }

  @Override
  protected Schema readSchema() {
    return schema;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    if (rest == 0) {
      return false;
    }
    ByteBuffer prefix = read(PREFIX_BYTES);
    require(prefix.getInt() == CONTINUATION, "a message begins otherwise");
    Message message = Message.getRootAsMessage(read(prefix.getInt()));
    require(message.headerType() == MessageHeader.RecordBatch, "a message has no rows");
    var batch = (RecordBatch) message.header(new RecordBatch());
    check(batch);
    loadRecordBatch(plain(batch(batch, body(message.bodyLength()))));
    return true;
  }

  /// The batch has the body from now on, which is let go where there is none.
  private static ArrowRecordBatch batch(RecordBatch header, ArrowBuf body) throws IOException {
    try {
      return MessageSerializer.deserializeRecordBatch(header, body);
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
  }

  /// Arrow's own loader forgets buffers where a later one cannot be decompressed.
  private ArrowRecordBatch plain(ArrowRecordBatch batch) {
    byte type = batch.getBodyCompression().getCodec();
    if (type == NoCompressionCodec.COMPRESSION_TYPE) {
      return batch;
    }
    CompressionCodec codec =
        ArrowCompression.FACTORY.createCodec(CodecType.fromCompressionType(type));
    var buffers = new ArrayList<ArrowBuf>();
    try (batch) {
      for (ArrowBuf buffer : batch.getBuffers()) {
        buffers.add(buffer.writerIndex() == 0 ? allocator.getEmpty() : plain(codec, buffer));
      }
      return new ArrowRecordBatch(batch.getLength(), batch.getNodes(), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf plain(CompressionCodec codec, ArrowBuf compressed) {
    compressed.getReferenceManager().retain();
    try {
      return codec.decompress(allocator, compressed);
    } catch (RuntimeException e) {
      compressed.close();
      throw e;
    }
  }

  /// Columns are flat: there is one node for each.
  private void check(RecordBatch batch) throws IOException {
    long rows = batch.length();
    require(rows > 0 && rows <= Batch.MAX_ROWS, "it has %d rows".formatted(rows));
    int columns = schema.getFields().size();
    require(batch.nodesLength() == columns, "it has %d columns".formatted(batch.nodesLength()));
    for (int i = 0; i < columns; i++) {
      FieldNode node = batch.nodes(i);
      require(
          node.length() == rows && node.nullCount() >= 0 && node.nullCount() <= rows,
          "column %d has %d rows, %d null".formatted(i, node.length(), node.nullCount()));
    }
  }

  private ByteBuffer read(int length) throws IOException {
    take(length);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    require(in.readFully(bytes) == length, "it ends early");
    return bytes.rewind();
  }

  private ArrowBuf body(long length) throws IOException {
    take(length);
    return MessageSerializer.readMessageBody(in, length, allocator);
  }

  private void take(long length) throws IOException {
    require(
        length >= 0 && length <= rest, "%d bytes are wanted, %d are left".formatted(length, rest));
    rest -= length;
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  @Override
  public long bytesRead() {
    return in.bytesRead();
  }

  @Override
  protected void closeReadSource() throws IOException {
    in.close();
  }
}
