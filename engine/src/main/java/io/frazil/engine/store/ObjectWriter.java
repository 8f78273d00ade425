package io.frazil.engine.store;

/// Writes one object from front to back. Closing without [#commit] leaves nothing behind.
public interface ObjectWriter extends AutoCloseable {
  void write(byte[] bytes, int offset, int length);

  /// How much was written, in bytes.
  long position();

  /// Makes the object exist, unless another does at its location already (`If-None-Match: *`).
  ///
  /// @return whether it was this one
  boolean commit();

  @Override
  void close();
}
