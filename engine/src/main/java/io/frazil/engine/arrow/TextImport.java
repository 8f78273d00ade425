package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.StringVector;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.jspecify.annotations.Nullable;

/// Reads the three forms that text has in Arrow.
final class TextImport {
  private TextImport() {}

  static StringVector read(
      FieldVector vector, DataType type, int from, int count, long @Nullable [] valid) {
    return switch (vector) {
      case VarCharVector v -> {
        ArrowBuf offsets = v.getOffsetBuffer();
        yield contiguous(
            v, type, row -> offsets.getInt((from + row) * (long) Integer.BYTES), count, valid);
      }
      case LargeVarCharVector v -> {
        ArrowBuf offsets = v.getOffsetBuffer();
        yield contiguous(
            v, type, row -> offsets.getLong((from + row) * (long) Long.BYTES), count, valid);
      }
      case ViewVarCharVector v -> views(v, type, from, count, valid);
      case FieldVector v -> throw ArrowSchemas.unsupported(v.getName(), v.getField().getType());
    };
  }

  private static StringVector contiguous(
      FieldVector vector,
      DataType type,
      IntToLongFunction offset,
      int count,
      long @Nullable [] valid) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    // An empty vector may come without even its one offset.
    long first = count == 0 ? 0 : offset.applyAsLong(0);
    long last = count == 0 ? 0 : offset.applyAsLong(count);
    byte[] bytes = new byte[checkedLength(vector, last - first)];
    vector.getDataBuffer().getBytes(first, bytes);
    long start = first;
    for (int i = 0; i < count; i++) {
      long end = offset.applyAsLong(i + 1);
      if (end < start || end > last) {
        throw corrupt(vector);
      }
      if (valid == null || Bitmap.get(valid, i)) {
        starts[i] = (int) (start - first);
        lengths[i] = (int) (end - start);
      }
      start = end;
    }
    return new StringVector(type, bytes, starts, lengths, count, valid);
  }

  private static StringVector views(
      ViewVarCharVector vector, DataType type, int from, int count, long @Nullable [] valid) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    byte[] bytes = new byte[1024];
    int end = 0;
    for (int i = 0; i < count; i++) {
      if (valid == null || Bitmap.get(valid, i)) {
        byte[] value = vector.get(from + i);
        if (end + value.length > bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.max(end + value.length, bytes.length * 2));
        }
        System.arraycopy(value, 0, bytes, end, value.length);
        starts[i] = end;
        lengths[i] = value.length;
        end += value.length;
      }
    }
    return new StringVector(type, bytes, starts, lengths, count, valid);
  }

  private static int checkedLength(FieldVector vector, long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) {
      throw corrupt(vector);
    }
    return (int) bytes;
  }

  private static FrazilException corrupt(FieldVector vector) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT,
        "the text offsets of column '%s' make no sense".formatted(vector.getName()));
  }
}
