package io.frazil.engine.parquet.decode;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Batch;
import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// The values of a chunk's pages, in whatever encoding each page has, converted to the column's
/// type.
final class ValueDecoder {
  private final ChunkShape shape;
  private final Scratch scratch;
  private final Map<Encoding, ValueReader> readers = new EnumMap<>(Encoding.class);
  private ValueReader reader;
  private @Nullable Values raw;

  ValueDecoder(ChunkShape shape, Scratch scratch) {
    this.shape = shape;
    this.scratch = scratch;
    this.reader = new PlainReader(shape.plainWidth());
    readers.put(Encoding.PLAIN, reader);
  }

  /// Begins with the values of a page.
  void init(Encoding encoding, byte[] bytes, int position, int end, int count) {
    reader = readers.computeIfAbsent(encoding, this::make);
    reader.init(bytes, position, end, count);
  }

  void skip(int count) {
    reader.skip(count);
  }

  boolean viewsLast() {
    return reader.viewsLast();
  }

  /// The next `count` values, at most [Batch#MAX_ROWS].
  void read(Values out, int at, int count) {
    if (shape.conversion() == Conversion.NONE) {
      reader.read(out, at, count);
      return;
    }
    Values decoded = raw;
    if (decoded == null) {
      decoded = Values.of(decodedAs(), Batch.MAX_ROWS, scratch);
      raw = decoded;
    }
    reader.read(decoded, 0, count);
    shape.conversion().apply(decoded, out, at, count);
  }

  /// All `count` entries of a dictionary page, and room for one more.
  Values readDictionary(byte[] bytes, int position, int end, int count) {
    init(Encoding.PLAIN, bytes, position, end, count);
    Values decoded = Values.of(decodedAs(), count + 1, scratch);
    reader.read(decoded, 0, count);
    if (shape.conversion() == Conversion.NONE) {
      return decoded;
    }
    Values converted = Values.of(shape.kind(), count + 1, scratch);
    shape.conversion().apply(decoded, converted, 0, count);
    return converted;
  }

  private PhysicalType decodedAs() {
    return shape.conversion().decodedAs(shape.kind());
  }

  private ValueReader make(Encoding encoding) {
    Type stored = shape.stored();
    boolean integer = stored == Type.INT32 || stored == Type.INT64;
    boolean bytes = stored == Type.BYTE_ARRAY || stored == Type.FIXED_LEN_BYTE_ARRAY;
    if (encoding == Encoding.RLE && stored == Type.BOOLEAN) {
      return new BooleanRunReader();
    }
    if (encoding == Encoding.DELTA_BINARY_PACKED && integer) {
      return new DeltaBinaryReader();
    }
    if (encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY && stored == Type.BYTE_ARRAY) {
      return new DeltaLengthReader(scratch);
    }
    if (encoding == Encoding.DELTA_BYTE_ARRAY && bytes) {
      return new DeltaStringReader(scratch);
    }
    if (encoding == Encoding.BYTE_STREAM_SPLIT && shape.plainWidth() >= 8) {
      return new ByteStreamSplitReader(shape.plainWidth() >>> 3, scratch);
    }
    throw new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "%s: encoding %s of %s is not supported yet".formatted(shape.place(), encoding, stored));
  }
}
