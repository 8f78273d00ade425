package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// One partition of a partial on its way: rows that do not fill a record batch yet, and the record
/// batches that are encoded.
final class PartitionBuffer {
  private final List<Message> messages = new ArrayList<>();
  private final BatchAppender appender;
  private long rows;

  /// @param reservation for the rows that are not encoded yet
  PartitionBuffer(Schema schema, Reservation reservation) {
    this.appender = new BatchAppender(schema, reservation);
  }

  /// An encoded record batch.
  ///
  /// @param headBytes how many of the bytes come before the body
  record Message(byte[] bytes, int headBytes) {}

  BatchAppender appender() {
    return appender;
  }

  void add(Message message, int messageRows) {
    messages.add(message);
    rows += messageRows;
  }

  List<Message> messages() {
    return messages;
  }

  /// Of all it has, encoded or not.
  long rows() {
    return rows + appender.rows();
  }
}
