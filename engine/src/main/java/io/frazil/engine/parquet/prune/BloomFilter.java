package io.frazil.engine.parquet.prune;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.Util;

/// Parquet's split-block bloom filter (`BloomFilter.md` in apache/parquet-format): blocks of eight
/// words; a value's hash chooses a block by its upper half and a bit of each word by its lower one.
public final class BloomFilter {
  /// More than any header has.
  public static final int MAX_HEADER_BYTES = 64;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK_BYTES = 32;

  private static final int[] SALT = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };

  private final byte[] bytes;
  private final int start;
  private final int blocks;

  private BloomFilter(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.blocks = length / BLOCK_BYTES;
  }

  /// How many bytes a filter has, by its header.
  ///
  /// @param length of the header itself
  public record Size(int length, int blockBytes) {
    public long total() {
      return (long) length + blockBytes;
    }
  }

  /// Reads a header; empty where it is damaged or of a kind that this isn't.
  ///
  /// @param bytes those that the filter begins with
  public static Optional<Size> size(byte[] bytes) {
    try {
      var stream = new ByteArrayInputStream(bytes);
      BloomFilterHeader header = Util.readBloomFilterHeader(stream);
      int blockBytes = header.getNumBytes();
      var algorithm = header.getAlgorithm();
      var hash = header.getHash();
      var compression = header.getCompression();
      boolean known =
          blockBytes >= BLOCK_BYTES
              && blockBytes % BLOCK_BYTES == 0
              && (algorithm != null && algorithm.isSetBLOCK())
              && (hash != null && hash.isSetXXHASH())
              && (compression != null && compression.isSetUNCOMPRESSED());
      return known
          ? Optional.of(new Size(bytes.length - stream.available(), blockBytes))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /// The filter in bytes that begin with its header.
  public static BloomFilter of(byte[] bytes, Size size) {
    return new BloomFilter(bytes, size.length(), size.blockBytes());
  }

  /// Whether a value may be among those that were put in.
  ///
  /// @param plain the value as it is stored in plain form, byte arrays without their length
  public boolean mayContain(byte[] plain) {
    long hash = XxHash64.hash(plain);
    int block = (int) (((hash >>> 32) * blocks) >>> 32);
    int key = (int) hash;
    for (int i = 0; i < SALT.length; i++) {
      int word = (int) INT.get(bytes, start + block * BLOCK_BYTES + 4 * i);
      if ((word >>> ((key * SALT[i]) >>> 27) & 1) == 0) {
        return false;
      }
    }
    return true;
  }
}
