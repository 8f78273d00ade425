package io.frazil.engine.parquet.write;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.List;

/// Writes batches into one Parquet file. One thread's.
///
/// A row group is held in memory, compressed, until it is full; what is held is reserved. The
/// object belongs to the caller, who commits it after [#finish] and closes it on every path.
public final class ParquetFileWriter implements AutoCloseable {
  private static final int[] ALL = new int[Batch.MAX_ROWS];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = i;
    }
  }

  private final FileOutput out;
  private final ParquetWriteOptions options;
  private final PageCompressor compressor;
  private final Reservation reservation;
  private final Footer footer;
  private final List<ColumnChunkWriter> columns = new ArrayList<>();
  private final List<Long> groupRows = new ArrayList<>();
  private int rowsInGroup;

  /// Begins a file at the position that `out` has.
  public ParquetFileWriter(
      ObjectWriter out, Schema schema, ParquetWriteOptions options, MemoryPool memory) {
    if (!options.fieldIds().isEmpty() && options.fieldIds().size() != schema.size()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "%d field ids for %d columns".formatted(options.fieldIds().size(), schema.size()));
    }
    this.out = new FileOutput(out);
    this.options = options;
    this.footer = new Footer(schema, options);
    this.reservation = memory.reservation("Parquet writer");
    this.compressor = new PageCompressor(options.compression());
    schema.fields().forEach(f -> columns.add(new ColumnChunkWriter(f, options, compressor)));
    this.out.write(Footer.MAGIC, 0, Footer.MAGIC.length);
  }

  /// Appends the live rows of a batch, whose columns are those of the schema.
  public void write(Batch batch) {
    int[] selection = batch.selection();
    int[] live = selection == null ? ALL : selection;
    int done = 0;
    while (done < batch.rows()) {
      int toPageEnd = options.pageRows() - rowsInGroup % options.pageRows();
      int toGroupEnd = options.rowGroupRows() - rowsInGroup;
      int count = Math.min(batch.rows() - done, Math.min(toPageEnd, toGroupEnd));
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).append(batch.column(i), live, done, count);
      }
      done += count;
      rowsInGroup += count;
      if (count == toPageEnd) {
        columns.forEach(ColumnChunkWriter::cutPage);
      }
      if (count == toGroupEnd) {
        endRowGroup();
      }
    }
    long held = heldBytes();
    if (held >= options.rowGroupBytes()) {
      endRowGroup();
    }
    reservation.resize(heldBytes());
  }

  /// What the current row group holds in memory, in bytes.
  public long heldBytes() {
    long held = 0;
    for (ColumnChunkWriter column : columns) {
      held += column.bufferedBytes();
    }
    return held;
  }

  /// How large the file would be now, about: for who wants files of a size.
  public long bytes() {
    return out.position() + heldBytes();
  }

  /// Completes the file. Nothing may be written afterwards.
  public WrittenFile finish() {
    endRowGroup();
    footer.writeTo(out, groupRows);
    return new WrittenFile(
        groupRows.stream().mapToLong(Long::longValue).sum(),
        out.position(),
        footer.rowGroupOffsets(),
        columns.stream().map(ColumnChunkWriter::total).toList());
  }

  /// Releases what is held. Closing before [#finish] leaves the object without a footer, not to be
  /// committed.
  @Override
  public void close() {
    compressor.close();
    reservation.close();
  }

  private void endRowGroup() {
    if (rowsInGroup == 0) {
      return;
    }
    long offset = out.position();
    var chunks = new ArrayList<WrittenChunk>();
    columns.forEach(column -> chunks.add(column.writeTo(out)));
    footer.add(offset, chunks);
    groupRows.add((long) rowsInGroup);
    rowsInGroup = 0;
  }
}
