package io.frazil.engine.provider;

import io.frazil.engine.vector.Batch;

/// Rows on their way into a table. Closing without [#commit] removes every file that was written,
/// as far as the store lets it.
public interface TableAppend extends AutoCloseable {
  /// A writer of data files for one thread; many threads may each have one. Columns are those of
  /// the table's schema, in order.
  Writer writer();

  /// Makes all rows of all closed writers part of the table, at once.
  ///
  /// @return how many rows
  long commit();

  @Override
  void close();

  /// Writes batches into files of its own.
  interface Writer extends AutoCloseable {
    void write(Batch batch);

    /// Finishes the last file.
    @Override
    void close();
  }
}
