package io.frazil.engine.arrow;

import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// One partition of a partial on its way: rows that do not fill a record batch yet, and the record
/// batches that are encoded.
final class PartitionBuffer {
  private final List<Message> messages = new ArrayList<>();
  private final BatchAppender appender;
  private long rows;
  private long encodedBytes;

  PartitionBuffer(Schema schema) {
    this.appender = new BatchAppender(schema);
  }

  /// An encoded record batch.
  ///
  /// @param metadataBytes how many of the bytes come before the body
  record Message(byte[] bytes, int metadataBytes) {}

  BatchAppender appender() {
    return appender;
  }

  void add(Message message, int messageRows) {
    messages.add(message);
    rows += messageRows;
    encodedBytes += message.bytes().length;
  }

  List<Message> messages() {
    return messages;
  }

  /// Of the encoded record batches.
  long rows() {
    return rows;
  }

  /// Of the encoded record batches.
  long encodedBytes() {
    return encodedBytes;
  }

  /// What is held in memory, in bytes.
  long heldBytes() {
    return encodedBytes + appender.bytes();
  }
}
