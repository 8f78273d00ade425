package io.frazil.engine.exec.aggregate;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Batches of random values, from a domain of so many: flat, by dictionaries that last a few
/// batches, with and without nulls, with and without a selection.
final class RandomColumns {
  private final SplittableRandom random;
  private final List<DataType> types;
  private final int domain;
  private final @Nullable Vector[] dictionaries;

  RandomColumns(long seed, List<DataType> types, int domain) {
    this.random = new SplittableRandom(seed);
    this.types = types;
    this.domain = domain;
    this.dictionaries = new Vector[types.size()];
  }

  List<Batch> batches(int count, int maxRows) {
    var batches = new ArrayList<Batch>();
    for (int i = 0; i < count; i++) {
      int rows = random.nextInt(1, maxRows + 1);
      var columns = new Vector[types.size()];
      for (int c = 0; c < columns.length; c++) {
        columns[c] = column(c, rows);
      }
      Batch batch = Batch.of(rows, columns);
      batches.add(random.nextInt(3) == 0 ? selected(batch) : batch);
    }
    return batches;
  }

  private Vector column(int index, int rows) {
    long[] validity = random.nextInt(3) == 0 ? validity(rows) : null;
    Vector dictionary = dictionaries[index];
    if (dictionary == null || random.nextInt(4) == 0) {
      dictionary = flat(types.get(index), random.nextInt(1, 40), null);
      dictionaries[index] = dictionary;
    }
    if (random.nextBoolean() && domain < 10_000) {
      int[] ids = new int[rows];
      for (int i = 0; i < rows; i++) {
        boolean valid = validity == null || Bitmap.get(validity, i);
        ids[i] = valid ? random.nextInt(dictionary.length()) : 0;
      }
      return new DictionaryVector(ids, dictionary, rows, validity);
    }
    return flat(types.get(index), rows, validity);
  }

  private Vector flat(DataType type, int rows, long @Nullable [] validity) {
    long[] numbers = new long[rows];
    for (int i = 0; i < rows; i++) {
      boolean valid = validity == null || Bitmap.get(validity, i);
      numbers[i] = valid ? random.nextInt(domain) - domain / 3 : 0;
    }
    return switch (type.physical()) {
      case BOOLEAN -> booleans(type, numbers, validity);
      case INT -> ints(type, numbers, validity);
      case LONG -> new LongVector(type, numbers, rows, validity);
      case INT128 ->
          random.nextBoolean()
              ? new LongVector(type, numbers, rows, validity)
              : wide(type, numbers, validity);
      case DOUBLE -> doubles(type, numbers, validity);
      case STRING -> text(type, numbers, validity);
    };
  }

  private long[] validity(int rows) {
    long[] validity = new long[Bitmap.words(rows)];
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(5) > 0) {
        Bitmap.set(validity, i);
      }
    }
    return validity;
  }

  private Batch selected(Batch batch) {
    int[] selection = new int[batch.length()];
    int rows = 0;
    for (int i = 0; i < batch.length(); i++) {
      selection[rows] = i;
      rows += random.nextInt(2);
    }
    return batch.select(selection, rows);
  }

  private static Vector booleans(DataType type, long[] numbers, long @Nullable [] validity) {
    byte[] out = new byte[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (numbers[i] & 1);
    }
    return new BooleanVector(type, out, out.length, validity);
  }

  private static Vector ints(DataType type, long[] numbers, long @Nullable [] validity) {
    int[] out = new int[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) numbers[i];
    }
    return new IntVector(type, out, out.length, validity);
  }

  /// Every other number beyond 64 bits.
  private static Vector wide(DataType type, long[] numbers, long @Nullable [] validity) {
    long[] high = new long[numbers.length];
    for (int i = 0; i < high.length; i++) {
      high[i] = (numbers[i] & 1) == 0 ? numbers[i] >> 63 : numbers[i];
    }
    return new Int128Vector(type, high, numbers, high.length, validity);
  }

  private static Vector doubles(DataType type, long[] numbers, long @Nullable [] validity) {
    double[] out = new double[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers[i] == 7 ? Double.NaN : numbers[i] / 3.0;
    }
    return new DoubleVector(type, out, out.length, validity);
  }

  private static Vector text(DataType type, long[] numbers, long @Nullable [] validity) {
    var bytes = new ByteArrayOutputStream();
    int[] starts = new int[numbers.length];
    int[] lengths = new int[numbers.length];
    for (int i = 0; i < starts.length; i++) {
      boolean valid = validity == null || Bitmap.get(validity, i);
      String text = valid ? "é" + numbers[i] + "-".repeat((int) (numbers[i] & 15)) : "";
      starts[i] = bytes.size();
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      lengths[i] = bytes.size() - starts[i];
    }
    return new StringVector(type, bytes.toByteArray(), starts, lengths, starts.length, validity);
  }
}
