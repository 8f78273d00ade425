package io.frazil.engine.parquet.decode;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// Unpacks pages. One thread's; holds native memory until closed.
public final class Decompressor implements AutoCloseable {
  private @Nullable ZstdDecompressCtx zstd;

  /// Whether pages of a codec can be unpacked.
  ///
  /// @throws FrazilException NOT_SUPPORTED where not
  static void require(CompressionCodec codec) {
    switch (codec) {
      case UNCOMPRESSED, SNAPPY, ZSTD, GZIP -> {}
      case LZO, BROTLI, LZ4, LZ4_RAW ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED, "Parquet's compression " + codec + " is not supported yet");
    }
  }

  /// Unpacks exactly `outLength` bytes.
  void decompress(
      CompressionCodec codec, byte[] in, int at, int length, byte[] out, int outAt, int outLength) {
    if (outLength == 0 && length == 0) {
      return;
    }
    try {
      int unpacked =
          switch (codec) {
            case UNCOMPRESSED -> copy(in, at, length, out, outAt, outLength);
            case SNAPPY -> snappy(in, at, length, out, outAt, outLength);
            case ZSTD -> context().decompressByteArray(out, outAt, outLength, in, at, length);
            case GZIP -> gzip(in, at, length, out, outAt, outLength);
            case LZO, BROTLI, LZ4, LZ4_RAW -> throw new IllegalArgumentException(codec.name());
          };
      DamagedPage.check(unpacked == outLength, "a page unpacks to another size");
    } catch (IOException | ZstdException e) {
      throw new DamagedPage("a page does not unpack: " + e.getMessage());
    }
  }

  private static int copy(byte[] in, int at, int length, byte[] out, int outAt, int outLength) {
    DamagedPage.check(length == outLength, "an unpacked page of two sizes");
    System.arraycopy(in, at, out, outAt, length);
    return length;
  }

  private static int snappy(byte[] in, int at, int length, byte[] out, int outAt, int outLength)
      throws IOException {
    // The native code writes as much as the data says, whatever the size of the array.
    DamagedPage.check(
        Snappy.uncompressedLength(in, at, length) == outLength, "a snappy page of another size");
    return Snappy.uncompress(in, at, length, out, outAt);
  }

  private static int gzip(byte[] in, int at, int length, byte[] out, int outAt, int outLength)
      throws IOException {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(in, at, length))) {
      int read = stream.readNBytes(out, outAt, outLength);
      return stream.read() < 0 ? read : outLength + 1;
    }
  }

  private ZstdDecompressCtx context() {
    ZstdDecompressCtx context = zstd;
    if (context == null) {
      context = new ZstdDecompressCtx();
      zstd = context;
    }
    return context;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
  }
}
