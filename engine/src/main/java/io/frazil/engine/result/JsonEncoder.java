package io.frazil.engine.result;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Vector;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Rows as JSON objects: numbers as such, decimals with all their digits; NaN and the infinities,
/// dates and timestamps (ISO 8601) as strings.
final class JsonEncoder extends TextEncoder {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /// The bytes that are escaped.
  private static final boolean[] SPECIAL = new boolean[256];

  static {
    Arrays.fill(SPECIAL, 0, ' ', true);
    SPECIAL['"'] = true;
    SPECIAL['\\'] = true;
  }

  private final byte[][] keys;
  private final Form form;
  private boolean first = true;

  private enum Form {
    ARRAY,
    LINES
  }

  private JsonEncoder(OutputStream out, Schema schema, Form form) {
    super(out);
    this.form = form;
    this.keys = schema.fields().stream().map(JsonEncoder::key).toArray(byte[][]::new);
    if (form == Form.ARRAY) {
      text().append('[');
    }
  }

  static JsonEncoder array(OutputStream out, Schema schema) {
    return new JsonEncoder(out, schema, Form.ARRAY);
  }

  static JsonEncoder lines(OutputStream out, Schema schema) {
    return new JsonEncoder(out, schema, Form.LINES);
  }

  @Override
  ValueText cell(Vector vector) {
    ValueText plain = ValueText.iso(vector);
    return switch (vector.type()) {
      case Simple.BOOLEAN, Simple.TINYINT, Simple.SMALLINT, Simple.INTEGER, Simple.BIGINT -> plain;
      case DataType.Decimal _ -> plain;
      case Simple.REAL, Simple.DOUBLE -> floating(vector, plain);
      case Simple.VARCHAR ->
          (row, out) -> {
            int start = out.append('"').size();
            plain.append(row, out);
            escape(out, start);
            out.append('"');
          };
      case Simple.DATE -> quoted(plain);
      case DataType.Timestamp _ -> quoted(plain);
    };
  }

  @Override
  void appendRow(Vector[] columns, ValueText[] cells, int row, TextBuffer into) {
    if (form == Form.ARRAY) {
      into.append(first ? "\n" : ",\n");
    }
    first = false;
    into.append('{');
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        into.append(',');
      }
      into.append(keys[i], 0, keys[i].length);
      if (columns[i].isNull(row)) {
        into.append("null");
      } else {
        cells[i].append(row, into);
      }
    }
    into.append('}');
    if (form == Form.LINES) {
      into.append('\n');
    }
  }

  @Override
  void appendEnd(TextBuffer into) {
    if (form == Form.ARRAY) {
      into.append("\n]\n");
    }
  }

  private static ValueText floating(Vector vector, ValueText plain) {
    if (vector instanceof DictionaryVector d) {
      int[] ids = d.ids();
      ValueText entries = floating(d.dictionary(), ValueText.iso(d.dictionary()));
      return (row, out) -> entries.append(ids[row], out);
    }
    double[] values = ((DoubleVector) vector).values();
    ValueText special = quoted(plain);
    return (row, out) -> (Double.isFinite(values[row]) ? plain : special).append(row, out);
  }

  private static ValueText quoted(ValueText plain) {
    return (row, out) -> {
      out.append('"');
      plain.append(row, out);
      out.append('"');
    };
  }

  private static byte[] key(Field field) {
    var key = new TextBuffer();
    key.append('"').append(field.name());
    escape(key, 1);
    return key.append("\":").toString().getBytes(StandardCharsets.UTF_8);
  }

  // Escapes what stands behind `start`, which is rarely needed.
  private static void escape(TextBuffer text, int start) {
    int at = firstEscape(text.bytes(), start, text.size());
    if (at == text.size()) {
      return;
    }
    byte[] plain = Arrays.copyOfRange(text.bytes(), at, text.size());
    text.truncate(at);
    int done = 0;
    while (done < plain.length) {
      int end = firstEscape(plain, done, plain.length);
      text.append(plain, done, end - done);
      if (end < plain.length) {
        appendEscape(plain[end], text);
      }
      done = end + 1;
    }
  }

  private static int firstEscape(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (SPECIAL[bytes[i] & 0xFF]) {
        return i;
      }
    }
    return end;
  }

  private static void appendEscape(byte b, TextBuffer text) {
    switch (b) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> text.append("\\u00").append((char) HEX[b >> 4]).append((char) HEX[b & 15]);
    }
  }
}
