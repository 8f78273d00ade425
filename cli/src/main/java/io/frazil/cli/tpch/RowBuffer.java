package io.frazil.cli.tpch;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Rows gathered column by column, written value after value. For one thread at a time.
final class RowBuffer {
  private final Schema schema;
  private final int capacity;
  private final long[][] longs;
  private final int[][] ints;
  private final int[][] lengths;
  private final byte[][] bytes;
  private final int[] byteCounts;
  private int rows;
  private int column;

  /// @param capacity how many rows fit
  RowBuffer(Schema schema, int capacity) {
    this.schema = schema;
    this.capacity = capacity;
    int width = schema.size();
    this.longs = new long[width][];
    this.ints = new int[width][];
    this.lengths = new int[width][];
    this.bytes = new byte[width][];
    this.byteCounts = new int[width];
    for (int i = 0; i < width; i++) {
      switch (schema.type(i).physical()) {
        case LONG -> longs[i] = new long[capacity];
        case INT -> ints[i] = new int[capacity];
        case STRING -> {
          ints[i] = new int[capacity];
          lengths[i] = new int[capacity];
          bytes[i] = new byte[capacity * 16];
        }
        case BOOLEAN, INT128, DOUBLE ->
            throw new IllegalArgumentException("no table of TPC-H has a " + schema.type(i));
      }
    }
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return rows == capacity;
  }

  void clear() {
    rows = 0;
    Arrays.fill(byteCounts, 0);
  }

  /// The next column of the row: BIGINT, or a DECIMAL's digits.
  RowBuffer add(long value) {
    longs[column++][rows] = value;
    return this;
  }

  /// The next column of the row: INTEGER or DATE.
  RowBuffer add(int value) {
    ints[column++][rows] = value;
    return this;
  }

  /// The next column of the row.
  RowBuffer add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int start = byteCounts[column];
    if (start + utf8.length > bytes[column].length) {
      bytes[column] = Arrays.copyOf(bytes[column], Math.max(start * 2, start + utf8.length));
    }
    System.arraycopy(utf8, 0, bytes[column], start, utf8.length);
    ints[column][rows] = start;
    lengths[column][rows] = utf8.length;
    byteCounts[column] = start + utf8.length;
    column++;
    return this;
  }

  /// Completes the row.
  void endRow() {
    assert column == schema.size() : "a row has a value for each column";
    column = 0;
    rows++;
  }

  /// The positions of all rows, in the order of a column of ints.
  int[] order(int by) {
    long[] keyed = new long[rows];
    for (int i = 0; i < rows; i++) {
      keyed[i] = ((long) ints[by][i] << Integer.SIZE) | i;
    }
    Arrays.sort(keyed);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) keyed[i];
    }
    return order;
  }

  /// All rows as they stand, of which there are no more than a batch has.
  Batch batch() {
    Vector[] columns = new Vector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          switch (schema.type(i).physical()) {
            case LONG -> new LongVector(schema.type(i), longs[i], rows, null);
            case INT -> new IntVector(schema.type(i), ints[i], rows, null);
            default -> new StringVector(schema.type(i), bytes[i], ints[i], lengths[i], rows, null);
          };
    }
    return Batch.of(rows, columns);
  }

  /// Some of the rows.
  ///
  /// @param order positions, of which `count` from `from` on are wanted
  Batch batch(int[] order, int from, int count) {
    Vector[] columns = new Vector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          switch (schema.type(i).physical()) {
            case LONG ->
                new LongVector(schema.type(i), gather(longs[i], order, from, count), count, null);
            case INT ->
                new IntVector(schema.type(i), gather(ints[i], order, from, count), count, null);
            default ->
                new StringVector(
                    schema.type(i),
                    bytes[i],
                    gather(ints[i], order, from, count),
                    gather(lengths[i], order, from, count),
                    count,
                    null);
          };
    }
    return Batch.of(count, columns);
  }

  private static long[] gather(long[] values, int[] order, int from, int count) {
    long[] gathered = new long[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[order[from + i]];
    }
    return gathered;
  }

  private static int[] gather(int[] values, int[] order, int from, int count) {
    int[] gathered = new int[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[order[from + i]];
    }
    return gathered;
  }
}
