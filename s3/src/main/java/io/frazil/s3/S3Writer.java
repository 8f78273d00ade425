package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gathers an object and puts it in one request, or in parts where it is large: one part is sent
/// while the next is filled, so that two buffers are the most it holds.
final class S3Writer implements ObjectWriter {
  private static final int FIRST_BUFFER_BYTES = 16 << 10;

  /// S3 takes 10,000 parts; growing by their number, these hold 400 GB.
  private static final int PARTS_OF_ONE_SIZE = 1000;

  private final S3Put put;
  private final int partBytes;
  private final Reservation reservation;
  private byte[] buffer = new byte[0];
  private int filled;
  private long position;
  private boolean done;
  private int parts;
  private @Nullable MultipartUpload upload;
  private @Nullable Flight<String> sending;
  private byte[] spare = new byte[0];

  S3Writer(S3Put put, MemoryPool buffers) {
    this.put = put;
    this.partBytes = put.calls().settings().partBytes();
    this.reservation = buffers.reservation("writing " + put.at());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (done) {
      throw new IllegalStateException("'" + put.at() + "' was committed or closed before");
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == currentPartBytes()) {
        sendPart();
      }
      ensureRoom(left);
      int taken = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, from, buffer, filled, taken);
      filled += taken;
      from += taken;
      left -= taken;
      position += taken;
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean commit() {
    if (done) {
      throw new IllegalStateException("'" + put.at() + "' was committed or closed before");
    }
    try {
      if (upload == null) {
        return put.create(buffer, filled);
      }
      if (filled > 0) {
        sendPart();
      }
      awaitSent();
      boolean committed = upload.complete();
      upload = committed ? null : upload;
      return committed;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (done) {
      return;
    }
    done = true;
    try {
      if (sending != null) {
        sending.abort();
      }
      if (upload != null) {
        upload.abort();
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      buffer = new byte[0];
      spare = new byte[0];
      reservation.close();
    }
  }

  private void sendPart() {
    try {
      if (upload == null) {
        upload = MultipartUpload.begin(put);
      }
      awaitSent();
      parts++;
      sending = upload.send(parts, buffer, filled);
      byte[] next = spare;
      spare = buffer;
      buffer = next;
      filled = 0;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void awaitSent() throws IOException {
    Flight<String> sent = sending;
    MultipartUpload into = upload;
    if (sent != null && into != null) {
      sending = null;
      into.uploaded(sent.land(put.calls().limitOfAll(spare.length)));
    }
  }

  private int currentPartBytes() {
    return partBytes * (1 + parts / PARTS_OF_ONE_SIZE);
  }

  /// Makes the buffer larger than what is in it, as far as a part goes.
  private void ensureRoom(int wanted) {
    if (filled < buffer.length) {
      return;
    }
    int most = currentPartBytes();
    long doubled = Math.max(2L * buffer.length, (long) filled + wanted);
    int size = (int) Math.min(most, Math.max(FIRST_BUFFER_BYTES, doubled));
    if (!reservation.tryGrow(size - buffer.length)) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT,
          "'%s' cannot be written: too much is being written at the same time".formatted(put.at()));
    }
    buffer = Arrays.copyOf(buffer, size);
  }

  private FrazilException failure(IOException e) {
    return S3Failure.of(put.at(), "written", e);
  }
}
