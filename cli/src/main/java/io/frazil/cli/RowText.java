package io.frazil.cli;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows of a result as texts, for tables that people read.
final class RowText {
  private RowText() {}

  /// Hands on row after row as long as they are wanted; a null cell is SQL's NULL.
  ///
  /// @return whether that was the whole result
  static boolean whileWanted(BatchReader result, Predicate<List<@Nullable String>> wants) {
    for (Batch batch = result.next(); batch != null; batch = result.next()) {
      if (!batch(batch, wants)) {
        return false;
      }
    }
    return true;
  }

  private static boolean batch(Batch batch, Predicate<List<@Nullable String>> wants) {
    ValueText[] texts = new ValueText[batch.width()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = ValueText.of(batch.column(i));
    }
    int[] selection = batch.selection();
    var buffer = new TextBuffer();
    for (int i = 0; i < batch.rows(); i++) {
      int row = selection == null ? i : selection[i];
      var cells = new ArrayList<@Nullable String>(texts.length);
      for (int column = 0; column < texts.length; column++) {
        cells.add(text(batch.column(column), texts[column], row, buffer));
      }
      if (!wants.test(cells)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String text(Vector column, ValueText text, int row, TextBuffer buffer) {
    if (column.isNull(row)) {
      return null;
    }
    buffer.truncate(0);
    text.append(row, buffer);
    return buffer.toString();
  }
}
