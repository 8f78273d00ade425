package io.frazil.engine.exec;

import io.frazil.engine.vector.Batch;

/// Where a pipeline ends: collects the batches of all drivers. Shared by them.
public interface Sink extends AutoCloseable {
  /// The collector of one driver.
  Driver open();

  /// Combines what all drivers collected, after the last of them finished. Called once, and not
  /// where one failed.
  ///
  /// @param workers who help with what is long
  void combine(Workers workers);

  /// Releases what is still held: on every path, also after a failure, and perhaps twice.
  @Override
  void close();

  /// One driver's collector; one thread's.
  interface Driver extends AutoCloseable {
    /// Takes a batch, which is the caller's again afterwards.
    ///
    /// @return false once no more rows are needed of this driver
    boolean accept(Batch batch);

    /// All of the driver's batches were taken.
    void finish();

    @Override
    void close();
  }
}
