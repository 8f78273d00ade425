package io.frazil.engine.parquet.decode;

/// What was found wrong in a chunk by code that does not know which chunk it is; the [ColumnReader]
/// adds that and makes it an error of the query.
final class DamagedPage extends RuntimeException {
  DamagedPage(String message) {
    super(message, null, false, false);
  }

  /// The message, which there always is.
  String text() {
    return String.valueOf(getMessage());
  }

  /// @param message a constant: it is passed often and used next to never
  static void check(boolean holds, String message) {
    if (!holds) {
      throw new DamagedPage(message);
    }
  }
}
