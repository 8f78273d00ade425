package io.frazil.engine.result;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// What the row-by-row text formats have in common: one buffer, drained when it is full.
abstract class TextEncoder implements ResultEncoder {
  private static final int DRAIN_BYTES = 1 << 16;

  private final OutputStream out;
  private final TextBuffer text = new TextBuffer();

  TextEncoder(OutputStream out) {
    this.out = out;
  }

  @Override
  public final void write(Batch batch) {
    Vector[] columns = batch.columns();
    var cells = new ValueText[columns.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(columns[i]);
    }
    int[] selection = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      appendRow(columns, cells, selection == null ? i : selection[i], text);
      if (text.size() >= DRAIN_BYTES) {
        drain();
      }
    }
  }

  @Override
  public final void finish() {
    appendEnd(text);
    drain();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}

  /// The buffer, for what comes before the rows.
  final TextBuffer text() {
    return text;
  }

  private void drain() {
    try {
      text.drainTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text of a column's values in this format.
  abstract ValueText cell(Vector vector);

  abstract void appendRow(Vector[] columns, ValueText[] cells, int row, TextBuffer into);

  abstract void appendEnd(TextBuffer into);
}
