package io.frazil.cli.tpch;

/// Told how a generation goes on, from any of its threads.
public interface TpchProgress {
  /// @param done how many rows of the table there are now
  /// @param total how many there will be, about
  void rows(String table, long done, long total);
}
