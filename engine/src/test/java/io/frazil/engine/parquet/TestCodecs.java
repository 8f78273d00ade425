package io.frazil.engine.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// The compressions that files are written in, without Hadoop's codecs.
final class TestCodecs implements CompressionCodecFactory {
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        bytes.writeAllTo(out);
        byte[] plain = out.toByteArray();
        return BytesInput.from(
            switch (codec) {
              case UNCOMPRESSED -> plain;
              case SNAPPY -> Snappy.compress(plain);
              case ZSTD -> Zstd.compress(plain);
              case GZIP -> gzip(plain);
              default -> throw new IllegalArgumentException(codec.name());
            });
      }

      @Override
      public CompressionCodecName getCodecName() {
        return codec;
      }

      @Override
      public void release() {}
    };
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new AssertionError("parquet-java only writes here");
  }

  @Override
  public void release() {}
}
