package io.frazil.engine.parquet.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/// Small integers as Parquet's hybrid of run lengths and bit packing.
final class RunLengths {
  private static final int SLAB_BYTES = 1024;
  private static final int MAX_BYTES = 1 << 20;

  private RunLengths() {}

  /// Appends `count` values of at most `bitWidth` bits.
  static void encode(int[] values, int count, int bitWidth, ByteSink out) {
    try (var encoder =
        new RunLengthBitPackingHybridEncoder(
            bitWidth, SLAB_BYTES, MAX_BYTES, new HeapByteBufferAllocator())) {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(values[i]);
      }
      encoder.toBytes().writeAllTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
