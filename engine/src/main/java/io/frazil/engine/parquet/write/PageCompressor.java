package io.frazil.engine.parquet.write;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// Compresses pages for one writer, whose thread owns it: Zstandard's context is native memory.
final class PageCompressor implements AutoCloseable {
  private static final int ZSTD_LEVEL = 1;

  private final Compression compression;
  private final @Nullable ZstdCompressCtx zstd;

  PageCompressor(Compression compression) {
    this.compression = compression;
    this.zstd = compression == Compression.ZSTD ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
  }

  /// Compresses all of `page` into `into`, which is cleared before, and returns what holds the
  /// result.
  ByteSink compress(ByteSink page, ByteSink into) {
    into.clear();
    int length = page.size();
    switch (compression) {
      case UNCOMPRESSED -> {
        return page;
      }
      case SNAPPY -> {
        into.reserve(Snappy.maxCompressedLength(length));
        try {
          into.advance(Snappy.compress(page.array(), 0, length, into.array(), 0));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      case ZSTD -> {
        assert zstd != null;
        int bound = Math.toIntExact(Zstd.compressBound(length));
        into.reserve(bound);
        into.advance(zstd.compressByteArray(into.array(), 0, bound, page.array(), 0, length));
      }
    }
    return into;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
