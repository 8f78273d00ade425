package io.frazil.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What rows look like once that is decided: each part is some lines without the last line's end,
/// or nothing.
sealed interface RowForm permits FramedRows, BlockRows, PlainRows {
  String begin();

  /// @param cells whose nulls are SQL's NULL
  String row(List<@Nullable String> cells);

  String end();
}
