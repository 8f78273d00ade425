package io.frazil.engine.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What comes before the body of an IPC message: -1, the length of the metadata, the metadata, and
/// zeros up to a multiple of eight bytes, which the length counts.
final class MessageHead {
  /// What stands before the length of each message.
  static final int CONTINUATION = -1;

  static final int PREFIX_BYTES = 2 * Integer.BYTES;

  private static final int ALIGNMENT = Long.BYTES;

  private byte[] bytes = {};
  private int length;

  /// Becomes that of the metadata that the builder has finished.
  void of(FlatBufferBuilder metadata) {
    ByteBuffer source = metadata.dataBuffer();
    int size = source.remaining();
    int end = PREFIX_BYTES + size;
    length = end + (-end & (ALIGNMENT - 1));
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(CONTINUATION)
        .putInt(length - PREFIX_BYTES);
    source.get(bytes, PREFIX_BYTES, size);
    Arrays.fill(bytes, end, length, (byte) 0);
  }

  /// Of which [#length] count.
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
