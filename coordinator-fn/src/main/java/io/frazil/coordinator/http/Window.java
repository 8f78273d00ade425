package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;

/// Which part of a result is asked for.
///
/// @param batch number of the record batch where it begins, and `row` within that
/// @param rowsMax how many rows are wanted
record Window(int batch, int row, int rowsMax) {
  private static final int ROWS = 1_000;
  private static final int ROWS_MAX = 10_000;

  /// The beginning.
  static final Window FIRST = new Window(0, 0, ROWS);

  /// Out of `?page=...&limit=...`.
  ///
  /// @throws FrazilException INVALID_ARGUMENT
  static Window of(QueryString query) {
    String page = query.text("page").orElse("0.0");
    int rows = query.number("limit", ROWS, ROWS_MAX);
    int dot = page.indexOf('.');
    if (dot < 0) {
      throw notAPage(page);
    }
    try {
      return new Window(unsigned(page.substring(0, dot)), unsigned(page.substring(dot + 1)), rows);
    } catch (NumberFormatException e) {
      throw notAPage(page);
    }
  }

  private static int unsigned(String digits) {
    int number = Integer.parseUnsignedInt(digits);
    if (number < 0) {
      throw new NumberFormatException("beyond what a result has");
    }
    return number;
  }

  private static FrazilException notAPage(String page) {
    return new FrazilException(
        ErrorCode.INVALID_ARGUMENT, "'%s' is not a page: take what 'next' says".formatted(page));
  }
}
