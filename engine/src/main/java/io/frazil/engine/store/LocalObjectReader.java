package io.frazil.engine.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/// Positional reads of one open file. Holds the file that it opened, even where the name is given
/// to another afterwards.
///
/// An interrupted thread closes the channel under all of its readers, as Java's file channels do:
/// interrupting is for cancelling only.
final class LocalObjectReader implements ObjectReader {
  /// What is read at a time: the JDK keeps a direct buffer of this size for each thread.
  private static final int CHUNK_BYTES = 1 << 20;

  private final ObjectInfo info;
  private final Path path;
  private final FileChannel channel;

  LocalObjectReader(ObjectInfo info, Path path, FileChannel channel) {
    this.info = info;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (position < 0 || position > info.size() - length) {
      throw tooShort(position, length);
    }
    try {
      int done = 0;
      while (done < length) {
        int chunk = Math.min(CHUNK_BYTES, length - done);
        int count = channel.read(ByteBuffer.wrap(into, offset + done, chunk), position + done);
        if (count < 0) {
          throw new FrazilException(
              ErrorCode.FILE_CHANGED, "'%s' became shorter while it was read".formatted(path));
        }
        done += count;
      }
    } catch (IOException e) {
      throw LocalFailure.of(info.location(), "read", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalFailure.of(info.location(), "closed", e);
    }
  }

  private FrazilException tooShort(long position, int length) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT,
        "'%s' ends at byte %d, but %d bytes were wanted from byte %d"
            .formatted(info.location(), info.size(), length, position));
  }
}
