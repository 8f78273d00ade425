package io.frazil.engine.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.frazil.engine.memory.Reservation;
import java.io.IOException;
import java.io.OutputStream;

/// Encodes collected rows as messages of Arrow's IPC, one at a time: each is here until the next.
/// One thread's; holds native memory until closed.
final class RecordBatchEncoder implements AutoCloseable {
  private final FlatBufferBuilder metadata = new FlatBufferBuilder();
  private final BodyBuffer body;
  private final MessageHead head = new MessageHead();

  /// @param reservation for what it holds
  RecordBatchEncoder(PartialWriter.Compression compression, Reservation reservation) {
    this.body = new BodyBuffer(compression, reservation);
  }

  /// Encodes all rows, which begin anew.
  void encode(BatchAppender rows) {
    long bytes = 0;
    for (int i = 0; i < rows.width(); i++) {
      bytes += rows.column(i).bodyBytes();
    }
    body.clear(bytes);
    for (int i = 0; i < rows.width(); i++) {
      rows.column(i).writeTo(body);
    }
    FormatWriter.recordBatch(metadata, rows, body);
    head.of(metadata);
    rows.clear();
  }

  /// How many bytes come before the body.
  int headBytes() {
    return head.length();
  }

  int bodyBytes() {
    return body.length();
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head.bytes(), 0, head.length());
    out.write(body.bytes(), 0, body.length());
  }

  /// A copy of the message.
  byte[] message() {
    byte[] message = new byte[head.length() + body.length()];
    System.arraycopy(head.bytes(), 0, message, 0, head.length());
    System.arraycopy(body.bytes(), 0, message, head.length(), body.length());
    return message;
  }

  @Override
  public void close() {
    body.close();
  }
}
