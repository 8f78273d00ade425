package io.frazil.engine.arrow;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/// Writes batches as an Arrow IPC stream or file. One thread's. The stream that it writes to stays
/// the caller's.
///
/// A batch becomes one record batch, or several where its texts are long: who writes one and who
/// reads one has all of it in memory.
///
/// What the stream throws comes out as [UncheckedIOException].
public final class ArrowBatchWriter implements AutoCloseable {
  /// What the texts of a record batch have at most, unless one row alone has more.
  private static final long TEXT_BYTES_MAX = 8L << 20;

  private final int[] scratch = new int[Batch.MAX_ROWS];
  private final long[] textBytes = new long[Batch.MAX_ROWS];
  private final Reservation reservation;
  private final BatchAppender rows;
  private final RecordBatchEncoder encoder;
  private final ArrowOutput output;
  private boolean started;
  private boolean closed;

  private ArrowBatchWriter(
      OutputStream out, Schema schema, MemoryPool pool, ArrowOutput.Form form) {
    this.reservation = pool.reservation("Arrow writer");
    this.rows = new BatchAppender(schema, reservation);
    this.encoder = new RecordBatchEncoder(PartialWriter.Compression.NONE, reservation);
    this.output = new ArrowOutput(out, schema, form);
  }

  /// A stream: read from front to back.
  public static ArrowBatchWriter stream(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, ArrowOutput.Form.STREAM);
  }

  /// A file: read at random, by the index at its end.
  public static ArrowBatchWriter file(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, ArrowOutput.Form.FILE);
  }

  public void write(Batch batch) {
    try {
      start();
      measureTexts(batch);
      int next;
      for (int from = 0; from < batch.rows(); from = next) {
        next = endOfRecordBatch(from, batch.rows());
        rows.append(batch, from, next - from, scratch);
        encoder.encode(rows);
        output.add(encoder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Up to which row those from `from` on fit into a record batch.
  private int endOfRecordBatch(int from, int rows) {
    long bytes = textBytes[from];
    int end = from + 1;
    while (end < rows && bytes + textBytes[end] <= TEXT_BYTES_MAX) {
      bytes += textBytes[end];
      end++;
    }
    return end;
  }

  /// Notes how many bytes of text each live row has.
  private void measureTexts(Batch batch) {
    Arrays.fill(textBytes, 0, batch.rows(), 0);
    int[] live = batch.selection();
    for (Vector column : batch.columns()) {
      if (column instanceof StringVector texts) {
        int[] lengths = texts.lengths();
        for (int i = 0; i < batch.rows(); i++) {
          textBytes[i] += lengths[live == null ? i : live[i]];
        }
      } else if (column instanceof DictionaryVector references
          && references.dictionary() instanceof StringVector entries) {
        int[] lengths = entries.lengths();
        int[] ids = references.ids();
        for (int i = 0; i < batch.rows(); i++) {
          textBytes[i] += lengths[ids[live == null ? i : live[i]]];
        }
      }
    }
  }

  /// Completes what was written, with or without rows.
  public void finish() {
    try {
      start();
      output.finish(Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Releases all memory. Without [#finish] before, what was written stays incomplete.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoder.close();
      reservation.close();
    }
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      output.start();
    }
  }
}
