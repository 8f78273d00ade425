package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text as views: value `i` is `lengths[i]` bytes of UTF-8 from `starts[i]` in one shared array.
///
/// Views need no order and may overlap, so a substring or a gather moves no bytes. Null slots have
/// length 0.
public final class StringVector extends Vector {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] lengths;

  public StringVector(
      DataType type,
      byte[] bytes,
      int[] starts,
      int[] lengths,
      int length,
      long @Nullable [] validity) {
    super(type, length, validity);
    assert starts.length >= length && lengths.length >= length : "views are too short";
    this.bytes = bytes;
    this.starts = starts;
    this.lengths = lengths;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int[] starts() {
    return starts;
  }

  public int[] lengths() {
    return lengths;
  }

  /// The value as a Java string: for results and messages, not for loops.
  public String text(int row) {
    return new String(bytes, starts[row], lengths[row], StandardCharsets.UTF_8);
  }

  @Override
  public StringVector withValidity(long @Nullable [] validity) {
    return new StringVector(type(), bytes, starts, lengths, length(), validity);
  }

  @Override
  public StringVector withType(DataType type) {
    return new StringVector(type, bytes, starts, lengths, length(), validity());
  }
}
