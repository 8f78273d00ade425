package io.frazil.engine.arrow;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Bitmap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The body of a record batch as it is written: buffer after buffer, each from a multiple of eight
/// bytes on, packed if asked for. Its arrays are kept for the next one, and reserved before they
/// grow. One thread's; holds native memory until closed.
///
/// A packed buffer is the length of what it holds, in eight bytes, and a Zstandard frame; or -1 and
/// the bytes as they are, where they would not shrink.
final class BodyBuffer implements AutoCloseable {
  private static final int ZSTD_LEVEL = 1;
  private static final int ALIGNMENT = Long.BYTES;
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  /// A frame has some twenty bytes of its own.
  private static final int PACKED_MIN = 64;

  private static final long NOT_PACKED = -1;

  private final Reservation reservation;
  private final @Nullable ZstdCompressCtx zstd;
  private byte[] bytes = {};
  private int length;

  /// What is about to be packed.
  private byte[] plain = {};

  private long[] offsets = new long[16];
  private long[] lengths = new long[16];
  private int buffers;

  /// @param reservation for its arrays
  BodyBuffer(PartialWriter.Compression compression, Reservation reservation) {
    this.reservation = reservation;
    this.zstd =
        compression == PartialWriter.Compression.ZSTD
            ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL)
            : null;
  }

  boolean isPacked() {
    return zstd != null;
  }

  /// Begins anew.
  ///
  /// @param expected how many bytes there will be, as far as is known
  void clear(long expected) {
    length = 0;
    buffers = 0;
    bytes = withRoom(bytes, 0, expected);
  }

  /// The body, of which [#length] bytes count.
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// How many buffers there are.
  int buffers() {
    return buffers;
  }

  /// Where a buffer begins.
  long offset(int buffer) {
    return offsets[buffer];
  }

  /// How long a buffer is, the gap behind it left out.
  long length(int buffer) {
    return lengths[buffer];
  }

  /// A buffer of the first `count` bits, those behind which are clear in the last word.
  void bits(long[] words, int count) {
    int size = (count + Byte.SIZE - 1) / Byte.SIZE;
    // Whole words: a buffer's end is followed by a gap.
    ByteBuffer into = begin((long) Bitmap.words(count) * Long.BYTES);
    into.asLongBuffer().put(words, 0, Bitmap.words(count));
    end(size);
  }

  void longs(long[] values, int count) {
    begin((long) count * Long.BYTES).asLongBuffer().put(values, 0, count);
    end(count * Long.BYTES);
  }

  void ints(int[] values, int count) {
    begin((long) count * Integer.BYTES).asIntBuffer().put(values, 0, count);
    end(count * Integer.BYTES);
  }

  /// A buffer of two bytes a value.
  void shorts(int[] values, int count) {
    ByteBuffer into = begin((long) count * Short.BYTES);
    for (int i = 0; i < count; i++) {
      into.putShort((short) values[i]);
    }
    end(count * Short.BYTES);
  }

  /// A buffer of a byte a value.
  void bytes(int[] values, int count) {
    ByteBuffer into = begin(count);
    for (int i = 0; i < count; i++) {
      into.put((byte) values[i]);
    }
    end(count);
  }

  void bytes(byte[] values, int count) {
    if (zstd == null || count == 0) {
      begin(count).put(values, 0, count);
      end(count);
    } else {
      pack(zstd, values, count);
    }
  }

  /// Where the plain bytes of a buffer go.
  private ByteBuffer begin(long size) {
    if (zstd == null) {
      bytes = withRoom(bytes, length, size + ALIGNMENT);
      return view(bytes, length);
    }
    plain = withRoom(plain, 0, size);
    return view(plain, 0);
  }

  private static ByteBuffer view(byte[] bytes, int from) {
    return ByteBuffer.wrap(bytes, from, bytes.length - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void end(int size) {
    if (zstd == null || size == 0) {
      add(size);
    } else {
      pack(zstd, plain, size);
    }
  }

  private void pack(ZstdCompressCtx context, byte[] source, int size) {
    int bound = Math.toIntExact(Zstd.compressBound(size));
    bytes = withRoom(bytes, length, bound + 2L * ALIGNMENT);
    int frame = length + Long.BYTES;
    int packed =
        size < PACKED_MIN ? size : context.compressByteArray(bytes, frame, bound, source, 0, size);
    boolean shrinks = packed < size;
    if (!shrinks) {
      System.arraycopy(source, 0, bytes, frame, size);
    }
    view(bytes, length).putLong(shrinks ? size : NOT_PACKED);
    add(Long.BYTES + (shrinks ? packed : size));
  }

  private void add(int size) {
    if (buffers == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * buffers);
      lengths = Arrays.copyOf(lengths, 2 * buffers);
    }
    offsets[buffers] = length;
    lengths[buffers] = size;
    buffers++;
    int end = length + size;
    length = end + (-end & (ALIGNMENT - 1));
    bytes = withRoom(bytes, end, length - end);
    Arrays.fill(bytes, end, length, (byte) 0);
  }

  /// An array with room for `more` bytes behind the first `used`, which it keeps.
  private byte[] withRoom(byte[] array, int used, long more) {
    long needed = used + more;
    if (needed <= array.length) {
      return array;
    }
    if (needed > BYTES_MAX) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT, "More than 2 GiB in one record batch cannot be held");
    }
    int next = used == 0 ? (int) needed : Math.clamp(2L * array.length, (int) needed, BYTES_MAX);
    reservation.grow(next - array.length);
    return used == 0 ? new byte[next] : Arrays.copyOf(array, next);
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
