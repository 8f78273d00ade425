package io.frazil.engine.kernel;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.StringVector;
import org.jspecify.annotations.Nullable;

/// Writes text values of a batch one behind the other: [#start], then for each row what it consists
/// of and [#end]. One thread's; what it returns is valid until the next [#start].
public final class TextBuilder {
  private final Scratch views = new Scratch();
  private final TextBuffer text = new TextBuffer();
  private int begin;
  private int rows;

  public void start(int length) {
    text.truncate(0);
    begin = 0;
    rows = length;
    views.ints(length);
    views.moreInts(length);
  }

  public void append(byte[] from, int start, int length) {
    text.append(from, start, length);
  }

  public void append(byte value) {
    text.append((char) value);
  }

  /// Where the current row's text is appended to.
  TextBuffer buffer() {
    return text;
  }

  /// How many bytes the current row has so far.
  public int rowBytes() {
    return text.size() - begin;
  }

  /// How many of [#bytes] are written.
  public int size() {
    return text.size();
  }

  /// The bytes of all rows: those of the current one are the last [#rowBytes].
  public byte[] bytes() {
    return text.bytes();
  }

  /// What was appended since the last row is this row's value.
  public void end(int row) {
    view(row, begin, text.size() - begin);
    begin = text.size();
  }

  /// This row's value is a part of [#bytes] that was written before.
  public void view(int row, int start, int length) {
    views.ints(rows)[row] = start;
    views.moreInts(rows)[row] = length;
  }

  /// This row is null: nothing was appended for it.
  public void endNull(int row) {
    text.truncate(begin);
    view(row, 0, 0);
  }

  public StringVector vector(long @Nullable [] validity) {
    return new StringVector(
        Types.VARCHAR, text.bytes(), views.ints(rows), views.moreInts(rows), rows, validity);
  }
}
