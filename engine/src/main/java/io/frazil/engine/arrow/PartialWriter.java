package io.frazil.engine.arrow;

import io.frazil.engine.arrow.PartialManifest.Range;
import io.frazil.engine.arrow.PartitionBuffer.Message;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/// Writes what one attempt of a task hands on: one Arrow IPC file, whose record batches lie
/// partition after partition, so that a consumer reads its own by one range.
///
/// Rows are encoded as soon as they fill a record batch and held in memory, reserved, until
/// [#commit]. One thread's.
public final class PartialWriter implements AutoCloseable {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStore store;
  private final String location;
  private final String attempt;
  private final Schema schema;
  private final ArrowMemory memory;
  private final Reservation reservation;
  private final VectorSchemaRoot root;
  private final CompressionCodec codec;
  private final PartitionBuffer[] partitions;
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final StreamChannel encodedChannel = new StreamChannel(encoded);
  private boolean closed;

  /// How a partial's buffers are compressed: not where it stays in the machine.
  public enum Compression {
    NONE(CodecType.NO_COMPRESSION),
    ZSTD(CodecType.ZSTD);

    private final CodecType type;

    Compression(CodecType type) {
      this.type = type;
    }
  }

  /// @param attempt who writes, to be told apart from other attempts of the same task
  /// @param partitions how many there are, at least 1
  public PartialWriter(
      ObjectStore store,
      String location,
      String attempt,
      Schema schema,
      int partitions,
      Compression compression,
      MemoryPool pool) {
    this.store = store;
    this.location = location;
    this.attempt = attempt;
    this.schema = schema;
    this.memory = new ArrowMemory(pool, "partial writer");
    this.reservation = pool.reservation("partial writer");
    this.root = new ArrowExport(schema).newRoot(memory.allocator());
    this.codec = ArrowCompression.FACTORY.createCodec(compression.type);
    this.partitions = new PartitionBuffer[partitions];
    Arrays.setAll(this.partitions, _ -> new PartitionBuffer(schema));
  }

  /// Appends the live rows of a batch to a partition.
  public void write(int partition, Batch batch) {
    PartitionBuffer buffer = partitions[partition];
    long before = buffer.heldBytes();
    int done = 0;
    while (done < batch.rows()) {
      int room = Batch.MAX_ROWS - buffer.appender().rows();
      int count = Math.min(room, batch.rows() - done);
      buffer.appender().append(batch, done, count);
      done += count;
      if (count == room) {
        encode(buffer);
      }
    }
    reservation.resize(reservation.bytes() + buffer.heldBytes() - before);
  }

  /// Writes the object and makes it exist, unless another attempt's does already.
  ///
  /// @return the manifest of the object that counts: this one's, or the other attempt's
  public PartialManifest commit() {
    for (PartitionBuffer partition : partitions) {
      if (partition.appender().rows() > 0) {
        encode(partition);
      }
    }
    try (ObjectWriter out = store.create(location)) {
      List<Range> ranges = writeFile(out);
      long bytes = out.position();
      return out.commit()
          ? new PartialManifest(location, attempt, bytes, ranges)
          : PartialReader.readManifest(store, location);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      root.close();
      memory.close();
      reservation.close();
    }
  }

  private void encode(PartitionBuffer buffer) {
    int rows = buffer.appender().rows();
    buffer.appender().moveTo(root);
    encoded.reset();
    try (ArrowRecordBatch batch = new VectorUnloader(root, true, codec, true).getRecordBatch()) {
      ArrowBlock block = MessageSerializer.serialize(new WriteChannel(encodedChannel), batch);
      buffer.add(new Message(encoded.toByteArray(), block.getMetadataLength()), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The layout is the Arrow format's: magic, schema, record batches, end of stream, footer.
  private List<Range> writeFile(ObjectWriter object) throws IOException {
    var out = new WriteChannel(new StreamChannel(new ObjectOutput(object)));
    org.apache.arrow.vector.types.pojo.Schema arrowSchema = ArrowSchemas.toArrow(schema);
    out.write(MAGIC);
    out.align();
    MessageSerializer.serialize(out, arrowSchema);
    var ranges = new ArrayList<Range>();
    var blocks = new ArrayList<ArrowBlock>();
    for (PartitionBuffer partition : partitions) {
      ranges.add(new Range(out.getCurrentPosition(), partition.encodedBytes(), partition.rows()));
      for (Message message : partition.messages()) {
        int metadata = message.metadataBytes();
        blocks.add(
            new ArrowBlock(out.getCurrentPosition(), metadata, message.bytes().length - metadata));
        out.write(message.bytes());
      }
    }
    ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
    long footerStart = out.getCurrentPosition();
    out.write(
        new ArrowFooter(arrowSchema, List.of(), blocks, PartialManifest.footer(attempt, ranges)),
        false);
    out.writeIntLittleEndian(Math.toIntExact(out.getCurrentPosition() - footerStart));
    out.write(MAGIC);
    return ranges;
  }
}
