package io.frazil.engine.arrow;

import io.frazil.engine.arrow.ArrowOutput.Form;
import io.frazil.engine.arrow.PartialManifest.Range;
import io.frazil.engine.arrow.PartitionBuffer.Message;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Writes what one attempt of a task hands on: one Arrow IPC file, whose record batches lie
/// partition after partition, so that a consumer reads its own by one range.
///
/// Rows are encoded as soon as they fill a record batch and held in memory, reserved, until
/// [#commit]. One thread's.
public final class PartialWriter implements AutoCloseable {
  private final int[] scratch = new int[Batch.MAX_ROWS];
  private final ObjectStore store;
  private final String location;
  private final String attempt;
  private final Schema schema;
  private final Reservation reservation;
  private final RecordBatchEncoder encoder;
  private final PartitionBuffer[] partitions;
  private boolean closed;

  /// How a partial's buffers are compressed: not where it stays in the machine.
  public enum Compression {
    NONE,
    ZSTD
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
    this.reservation = pool.reservation("partial writer");
    this.encoder = new RecordBatchEncoder(compression, reservation);
    this.partitions = new PartitionBuffer[partitions];
    for (int i = 0; i < partitions; i++) {
      this.partitions[i] = new PartitionBuffer(schema, reservation);
    }
  }

  /// Appends the live rows of a batch to a partition.
  public void write(int partition, Batch batch) {
    PartitionBuffer buffer = partitions[partition];
    int done = 0;
    while (done < batch.rows()) {
      int room = Batch.MAX_ROWS - buffer.appender().rows();
      int count = Math.min(room, batch.rows() - done);
      buffer.appender().append(batch, done, count, scratch);
      done += count;
      if (count == room) {
        encode(buffer);
      }
    }
  }

  private void encode(PartitionBuffer buffer) {
    int rows = buffer.appender().rows();
    encoder.encode(buffer.appender());
    reservation.grow(encoder.headBytes() + (long) encoder.bodyBytes());
    buffer.add(new Message(encoder.message(), encoder.headBytes()), rows);
  }

  /// Writes the object and makes it exist, unless another attempt's does already.
  ///
  /// @return the manifest of the object that counts: this one's, or the other attempt's
  public PartialManifest commit() {
    try (ObjectWriter object = store.create(location)) {
      List<Range> ranges = write(new ArrowOutput(new ObjectOutput(object), schema, Form.FILE));
      long bytes = object.position();
      return object.commit()
          ? new PartialManifest(location, attempt, bytes, ranges)
          : PartialReader.readManifest(store, location);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is not encoded yet is so on its way to the object.
  private List<Range> write(ArrowOutput out) throws IOException {
    out.start();
    var ranges = new ArrayList<Range>(partitions.length);
    for (PartitionBuffer partition : partitions) {
      long rows = partition.rows();
      long offset = out.position();
      for (Message message : partition.messages()) {
        out.add(message);
      }
      if (partition.appender().rows() > 0) {
        encoder.encode(partition.appender());
        out.add(encoder);
      }
      ranges.add(new Range(offset, out.position() - offset, rows));
    }
    out.finish(PartialManifest.footer(attempt, ranges));
    return ranges;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoder.close();
      reservation.close();
    }
  }
}
