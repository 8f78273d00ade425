package io.frazil.engine.store;

/// Reads ranges of one object. Safe for use by many threads until closed.
public interface ObjectReader extends AutoCloseable {
  ObjectInfo info();

  /// Reads exactly `length` bytes from `position` on.
  ///
  /// @throws io.frazil.engine.error.FrazilException FILE_CORRUPT where the object ends before,
  ///   FILE_CHANGED where it is another version by now
  void read(long position, byte[] into, int offset, int length);

  /// How many reads are worth making at a time: more than one where each waits for a network rather
  /// than for this machine.
  default int parallelReads() {
    return 1;
  }

  @Override
  void close();
}
