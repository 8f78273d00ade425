package io.frazil.engine.result;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Vector;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// CSV as [ResultFormat#CSV] has it.
final class CsvEncoder extends TextEncoder {
  /// The bytes that ask for quotes.
  private static final boolean[] SPECIAL = new boolean[256];

  static {
    for (char c : new char[] {',', '"', '\n', '\r'}) {
      SPECIAL[c] = true;
    }
  }

  CsvEncoder(OutputStream out, Schema schema) {
    super(out);
    TextBuffer header = text();
    for (int i = 0; i < schema.size(); i++) {
      if (i > 0) {
        header.append(',');
      }
      byte[] name = schema.field(i).name().getBytes(StandardCharsets.UTF_8);
      int start = header.size();
      header.append(name, 0, name.length);
      quote(header, start);
    }
    header.append('\n');
  }

  @Override
  ValueText cell(Vector vector) {
    ValueText plain = ValueText.of(vector);
    if (vector.type() != DataType.Simple.VARCHAR) {
      return plain;
    }
    return (row, out) -> {
      int start = out.size();
      plain.append(row, out);
      quote(out, start);
    };
  }

  @Override
  void appendRow(Vector[] columns, ValueText[] cells, int row, TextBuffer into) {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        into.append(',');
      }
      if (!columns[i].isNull(row)) {
        cells[i].append(row, into);
      }
    }
    into.append('\n');
  }

  @Override
  void appendEnd(TextBuffer into) {}

  // Puts what stands behind `start` into quotes, if it needs them.
  private static void quote(TextBuffer text, int start) {
    int length = text.size() - start;
    if (length > 0 && !needsQuotes(text.bytes(), start, text.size())) {
      return;
    }
    byte[] plain = new byte[length];
    System.arraycopy(text.bytes(), start, plain, 0, length);
    text.truncate(start);
    text.append('"');
    int done = 0;
    for (int i = 0; i < length; i++) {
      if (plain[i] == '"') {
        text.append(plain, done, i + 1 - done);
        done = i;
      }
    }
    text.append(plain, done, length - done).append('"');
  }

  private static boolean needsQuotes(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (SPECIAL[bytes[i] & 0xFF]) {
        return true;
      }
    }
    return false;
  }
}
