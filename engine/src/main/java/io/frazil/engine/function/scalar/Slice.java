package io.frazil.engine.function.scalar;

import io.frazil.engine.kernel.Text;
import io.frazil.engine.vector.StringVector;
import java.util.Arrays;

/// One text value while a row is computed: a view that moves from row to row, and that a function
/// may narrow to make it its result.
final class Slice {
  private byte[] bytes = {};
  private int start;
  private int length;

  void at(StringVector vector, int row) {
    bytes = vector.bytes();
    start = vector.starts()[row];
    length = vector.lengths()[row];
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  int end() {
    return start + length;
  }

  boolean isAscii() {
    return Text.isAscii(bytes, start, length);
  }

  int characters() {
    return Text.characters(bytes, start, length);
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, start, end());
  }

  boolean startsWith(Slice other) {
    return length >= other.length
        && Text.equal(bytes, start, other.bytes, other.start, other.length);
  }

  boolean endsWith(Slice other) {
    return length >= other.length
        && Text.equal(bytes, end() - other.length, other.bytes, other.start, other.length);
  }

  /// Becomes the part between two places of the array.
  void narrow(int from, int to) {
    start = from;
    length = to - from;
  }

  /// Becomes `count` characters of itself after the first `skipped`.
  void characters(long skipped, long count) {
    int skip = Math.clamp(skipped, 0, length);
    int take = Math.clamp(count, 0, length);
    if (isAscii()) {
      int from = start + skip;
      narrow(from, Math.min(end(), from + take));
      return;
    }
    int from = Text.skip(bytes, start, end(), skip);
    narrow(from, Text.skip(bytes, from, end(), take));
  }
}
