package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/// The record batches of one partition, as a [PartialWriter] writes them: of a schema that the
/// consumer knows from its plan, and nothing else between them. Whatever a message says of its size
/// is checked before memory is taken for it.
final class PartitionReader implements BatchReader {
  private final String name;
  private final ReadableByteChannel in;
  private final Schema schema;
  private final Reservation reservation;
  private final BodyReader body;
  private final FieldNode node = new FieldNode();
  private byte[] bytes = {};
  private long rest;
  private boolean closed;

  /// @param name for messages
  /// @param in the partition's bytes, closed with the reader
  /// @param length of the partition, in bytes
  PartitionReader(
      String name, ReadableByteChannel in, long length, Schema schema, MemoryPool pool) {
    this.name = name;
    this.in = in;
    this.schema = schema;
    this.rest = length;
    this.reservation = pool.reservation("Arrow reader");
    this.body = new BodyReader(reservation);
  }

  @Override
  public @Nullable Batch next() {
    if (rest == 0 || closed) {
      return null;
    }
    try {
      return read();
    } catch (FrazilException e) {
      throw e;
    } catch (IOException e) {
      throw failure(e.getMessage(), e);
    } catch (RuntimeException e) {
      // Flatbuffers of bad bytes are met with exceptions of all kinds.
      throw failure("a message makes no sense", e);
    }
  }

  private FrazilException failure(@Nullable String why, Exception cause) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT, "'%s' is not complete Arrow data: %s".formatted(name, why), cause);
  }

  private Batch read() throws IOException {
    ByteBuffer prefix = read(MessageHead.PREFIX_BYTES);
    require(prefix.getInt() == MessageHead.CONTINUATION, "a message begins otherwise");
    Message message = Message.getRootAsMessage(read(prefix.getInt()));
    require(message.headerType() == MessageHeader.RecordBatch, "a message has no rows");
    var batch = (RecordBatch) message.header(new RecordBatch());
    require(batch != null, "a message has no rows");
    check(batch);
    long length = message.bodyLength();
    take(length);
    body.read(in, length, batch);
    var columns = new Vector[schema.size()];
    int rows = (int) batch.length();
    for (int i = 0; i < columns.length; i++) {
      int nulls = (int) batch.nodes(node, i).nullCount();
      columns[i] = ColumnDecoder.read(body, schema.field(i), rows, nulls);
    }
    return Batch.of(rows, columns);
  }

  /// Columns are flat: there is one node for each.
  private void check(RecordBatch batch) throws IOException {
    long rows = batch.length();
    if (rows <= 0 || rows > Batch.MAX_ROWS) {
      throw new IOException("it has %d rows".formatted(rows));
    }
    int columns = schema.size();
    if (batch.nodesLength() != columns) {
      throw new IOException("it has %d columns".formatted(batch.nodesLength()));
    }
    int buffers = 0;
    for (int i = 0; i < columns; i++) {
      FieldNode column = batch.nodes(node, i);
      long nulls = column.nullCount();
      if (column.length() != rows || nulls < 0 || nulls > rows) {
        throw new IOException(
            "column %d has %d rows, %d null".formatted(i, column.length(), nulls));
      }
      buffers += ColumnDecoder.buffers(schema.type(i));
    }
    if (batch.buffersLength() != buffers) {
      throw new IOException("it has %d buffers".formatted(batch.buffersLength()));
    }
  }

  private ByteBuffer read(int length) throws IOException {
    take(length);
    if (length > bytes.length) {
      reservation.grow(length - bytes.length);
      bytes = new byte[length];
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(in, buffer);
    return buffer.flip();
  }

  private void take(long length) throws IOException {
    if (length < 0 || length > rest) {
      throw new IOException("%d bytes are wanted, %d are left".formatted(length, rest));
    }
    rest -= length;
  }

  /// @throws IOException where there are fewer bytes
  static void readFully(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      require(in.read(buffer) >= 0, "it ends early");
    }
  }

  /// @throws IOException that says what is otherwise
  static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (reservation;
        body) {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
