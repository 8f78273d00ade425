package io.frazil.iceberg;

import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches from rows of Java values: `Integer`, `Long`, `Double`, `String`, `Boolean`,
/// `BigDecimal`, or null.
final class Rows {
  private Rows() {}

  /// The values of one row.
  record Row(@Nullable Object[] values) {}

  static Row row(@Nullable Object... values) {
    return new Row(values);
  }

  /// Makes a table of rows, one file for each group of them.
  @SafeVarargs
  static void create(MutableCatalog catalog, String table, Schema schema, List<Row>... files) {
    try (TableAppend append = catalog.createTableAs("main", table, schema)) {
      write(append, schema, files);
      append.commit();
    }
  }

  @SafeVarargs
  static void append(MutableCatalog catalog, String table, Schema schema, List<Row>... files) {
    try (TableAppend append = catalog.append("main", table)) {
      write(append, schema, files);
      append.commit();
    }
  }

  @SafeVarargs
  static void write(TableAppend append, Schema schema, List<Row>... files) {
    for (List<Row> file : files) {
      try (TableAppend.Writer writer = append.writer()) {
        writer.write(batch(schema, file));
      }
    }
  }

  static Batch batch(Schema schema, List<Row> rows) {
    Vector[] columns = new Vector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      columns[i] = vector(schema.type(i), rows.stream().map(row -> row.values()[column]).toArray());
    }
    return Batch.of(rows.size(), columns);
  }

  private static Vector vector(DataType type, @Nullable Object[] values) {
    int n = values.length;
    long[] validity = Bitmap.allSet(n);
    for (int i = 0; i < n; i++) {
      if (values[i] == null) {
        Bitmap.clear(validity, i);
      }
    }
    return switch (type.physical()) {
      case BOOLEAN -> {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
          bytes[i] = (byte) (Boolean.TRUE.equals(values[i]) ? 1 : 0);
        }
        yield new BooleanVector(type, bytes, n, validity);
      }
      case INT -> {
        int[] ints = new int[n];
        for (int i = 0; i < n; i++) {
          ints[i] = values[i] instanceof Integer v ? v : 0;
        }
        yield new IntVector(type, ints, n, validity);
      }
      case LONG -> {
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
          longs[i] = unscaled(values[i]).longValueExact();
        }
        yield new LongVector(type, longs, n, validity);
      }
      case INT128 -> wide(type, values, validity);
      case DOUBLE -> {
        double[] doubles = new double[n];
        for (int i = 0; i < n; i++) {
          doubles[i] = values[i] instanceof Double v ? v : 0;
        }
        yield new DoubleVector(type, doubles, n, validity);
      }
      case STRING -> text(type, values, validity);
    };
  }

  private static Vector wide(DataType type, @Nullable Object[] values, long[] validity) {
    long[] high = new long[values.length];
    long[] low = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      BigInteger unscaled = unscaled(values[i]);
      high[i] = unscaled.shiftRight(64).longValue();
      low[i] = unscaled.longValue();
    }
    return new Int128Vector(type, high, low, values.length, validity);
  }

  private static BigInteger unscaled(@Nullable Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal.unscaledValue();
      case Long number -> BigInteger.valueOf(number);
      case null, default -> BigInteger.ZERO;
    };
  }

  private static Vector text(DataType type, @Nullable Object[] values, long[] validity) {
    var bytes = new ByteArrayOutputStream();
    int[] starts = new int[values.length];
    int[] lengths = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      byte[] utf8 =
          values[i] instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
      starts[i] = bytes.size();
      lengths[i] = utf8.length;
      bytes.writeBytes(utf8);
    }
    return new StringVector(type, bytes.toByteArray(), starts, lengths, values.length, validity);
  }
}
