package io.frazil.engine.arrow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A stream as the channel that Arrow writes to. Closing it leaves the stream open.
final class StreamChannel implements WritableByteChannel {
  private final OutputStream out;
  private final byte[] chunk = new byte[1 << 16];
  private boolean open = true;

  StreamChannel(OutputStream out) {
    this.out = out;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = source.remaining();
    while (source.hasRemaining()) {
      int length = Math.min(chunk.length, source.remaining());
      source.get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
    return written;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
