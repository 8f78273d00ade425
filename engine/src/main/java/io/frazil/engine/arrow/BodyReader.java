package io.frazil.engine.arrow;

import static io.frazil.engine.arrow.PartitionReader.require;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/// The body of a record batch as it is read: buffer after buffer, each of a size that is known
/// before, and unpacked where it is packed. Its arrays are kept for the next one, and reserved
/// before they grow. One thread's; holds native memory until closed.
///
/// [BodyBuffer] says what a packed buffer is.
final class BodyReader implements AutoCloseable {
  /// A block of 128 KiB has at least four bytes.
  private static final long RATIO_MAX = (128 << 10) / Integer.BYTES;

  /// What other writers fill buffers up to a multiple of.
  private static final int PADDING_MAX = 64;

  private static final long NOT_PACKED = -1;

  private final Reservation reservation;
  private final Buffer range = new Buffer();
  private @Nullable ZstdDecompressCtx zstd;
  private RecordBatch batch = new RecordBatch();
  private boolean packed;
  private byte[] body = {};
  private int bodyLength;
  private byte[] unpacked = {};
  private int next;

  // The buffer that is being looked at.
  private byte[] bytes = {};
  private int offset;
  private int length;

  /// How many bytes it says that it holds; what it is itself where it is not packed.
  private long claimed;

  /// @param reservation for its arrays
  BodyReader(Reservation reservation) {
    this.reservation = reservation;
  }

  /// Reads a body.
  ///
  /// @param length which the source has, as far as is known
  /// @throws IOException where it has not, or where the body is packed otherwise
  void read(ReadableByteChannel in, long length, RecordBatch header) throws IOException {
    BodyCompression packing = header.compression();
    packed = packing != null;
    require(
        packing == null
            || (packing.codec() == CompressionType.ZSTD
                && packing.method() == BodyCompressionMethod.BUFFER),
        "it is packed otherwise");
    if (length > Integer.MAX_VALUE - 8) {
      throw new IOException("a record batch has %d bytes".formatted(length));
    }
    batch = header;
    bodyLength = (int) length;
    body = ofSize(body, bodyLength);
    PartitionReader.readFully(in, ByteBuffer.wrap(body, 0, bodyLength));
    next = 0;
  }

  /// Looks at the next buffer.
  ///
  /// @return whether there is anything in it
  boolean advance() throws IOException {
    Buffer buffer = batch.buffers(range, next);
    long from = buffer.offset();
    long size = buffer.length();
    if (from < 0 || size < 0 || from > bodyLength - size) {
      throw new IOException(
          "buffer %d has %d bytes from %d on, of %d".formatted(next, size, from, bodyLength));
    }
    bytes = body;
    offset = (int) from;
    length = (int) size;
    next++;
    claimed = NOT_PACKED;
    if (packed && length > 0) {
      require(length >= Long.BYTES, "a packed buffer has no length");
      claimed = view().getLong();
      offset += Long.BYTES;
      length = claimed == 0 ? 0 : length - Long.BYTES;
    }
    return length > 0;
  }

  /// Looks at the next buffer, unpacked.
  ///
  /// @param needed how many bytes it has at least
  void advance(int needed) throws IOException {
    boolean _ = advance();
    unpack(needed);
  }

  /// Unpacks the buffer.
  ///
  /// @param needed how many bytes it has at least
  void unpack(int needed) throws IOException {
    if (isPacked()) {
      int size = unpackedSize(needed);
      unpacked = ofSize(unpacked, size);
      unpack(unpacked, size);
      bytes = unpacked;
      offset = 0;
      length = size;
    }
    if (length < needed) {
      throw new IOException(
          "buffer %d has %d bytes, %d are needed".formatted(next - 1, length, needed));
    }
  }

  /// The buffer unpacked, bytes `from` to `to`, in an array of their own.
  byte[] unpackedCopy(int from, int to) throws IOException {
    if (from == 0 && isPacked() && unpackedSize(to) == to) {
      byte[] copy = new byte[to];
      unpack(copy, to);
      return copy;
    }
    unpack(to);
    return Arrays.copyOfRange(bytes, offset + from, offset + to);
  }

  /// The buffer, little-endian.
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private boolean isPacked() {
    return length > 0 && claimed != NOT_PACKED;
  }

  private int unpackedSize(int needed) {
    boolean possible =
        claimed >= needed && claimed - needed < PADDING_MAX && claimed <= length * RATIO_MAX;
    if (!possible || !agrees()) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "a compressed Arrow buffer of %d bytes claims to be %d".formatted(length, claimed));
    }
    return (int) claimed;
  }

  /// Most frames say themselves how much they hold.
  private boolean agrees() {
    long told = Zstd.getFrameContentSize(bytes, offset, length);
    return told <= 0 || told == claimed;
  }

  private void unpack(byte[] into, int size) {
    ZstdDecompressCtx context = zstd;
    if (context == null) {
      context = new ZstdDecompressCtx();
      zstd = context;
    }
    int done;
    try {
      done = context.decompressByteArray(into, 0, size, bytes, offset, length);
    } catch (ZstdException e) {
      throw cannotUnpack(e);
    }
    if (done != size) {
      throw cannotUnpack(null);
    }
  }

  private static FrazilException cannotUnpack(@Nullable Exception cause) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT, "a compressed Arrow buffer cannot be decompressed", cause);
  }

  /// An array of that size at least, instead of another whose bytes nobody wants.
  private byte[] ofSize(byte[] array, int size) {
    if (size <= array.length) {
      return array;
    }
    reservation.grow(size - array.length);
    return new byte[size];
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
  }
}
