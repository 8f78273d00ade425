package io.frazil.engine.arrow;

import com.github.luben.zstd.Zstd;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;

/// Zstandard for Arrow's buffers, by the library that Parquet uses; Arrow's own module for it
/// brings two more.
final class ArrowCompression implements CompressionCodec.Factory {
  static final ArrowCompression FACTORY = new ArrowCompression();

  private static final int LEVEL = 1;

  private ArrowCompression() {}

  @Override
  public CompressionCodec createCodec(CodecType type) {
    return switch (type) {
      case NO_COMPRESSION -> NoCompressionCodec.INSTANCE;
      case ZSTD -> new ZstandardCodec();
      case LZ4_FRAME ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED, "Arrow data compressed by LZ4 is not supported yet");
    };
  }

  @Override
  public CompressionCodec createCodec(CodecType type, int level) {
    return createCodec(type);
  }

  /// A buffer is the length of what it holds, in eight bytes, and a Zstandard frame.
  private static final class ZstandardCodec extends AbstractCompressionCodec {
    /// A block of 128 KiB has at least four bytes.
    private static final long RATIO_MAX = (128 << 10) / Integer.BYTES;

    private static final int FRAME_HEADER_MAX = 18;

    private static final long HEADER = CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

    @Override
    protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
      long bound = Zstd.compressBound(plain.writerIndex());
      ArrowBuf compressed = allocator.buffer(HEADER + bound);
      long length =
          Zstd.compressUnsafe(
              compressed.memoryAddress() + HEADER,
              bound,
              plain.memoryAddress(),
              plain.writerIndex(),
              LEVEL);
      if (Zstd.isError(length)) {
        compressed.close();
        throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
      }
      return compressed.writerIndex(HEADER + length);
    }

    @Override
    protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
      long length = readUncompressedLength(compressed);
      long frame = compressed.writerIndex() - HEADER;
      boolean possible = length >= 0 && length <= Math.min(Integer.MAX_VALUE, frame * RATIO_MAX);
      if (!possible || !agrees(compressed, frame, length)) {
        throw new FrazilException(
            ErrorCode.FILE_CORRUPT,
            "a compressed Arrow buffer of %d bytes claims to be %d".formatted(frame, length));
      }
      ArrowBuf plain = allocator.buffer(length);
      long done =
          Zstd.decompressUnsafe(
              plain.memoryAddress(), length, compressed.memoryAddress() + HEADER, frame);
      if (done != length) {
        plain.close();
        throw new FrazilException(
            ErrorCode.FILE_CORRUPT, "a compressed Arrow buffer cannot be decompressed");
      }
      return plain.writerIndex(length);
    }

    /// Most frames say themselves how much they hold.
    private static boolean agrees(ArrowBuf compressed, long frame, long length) {
      ByteBuffer head = compressed.nioBuffer(HEADER, (int) Math.min(frame, FRAME_HEADER_MAX));
      long told = Zstd.getDirectByteBufferFrameContentSize(head, 0, head.remaining());
      return told <= 0 || told == length;
    }

    @Override
    public CodecType getCodecType() {
      return CodecType.ZSTD;
    }
  }
}
