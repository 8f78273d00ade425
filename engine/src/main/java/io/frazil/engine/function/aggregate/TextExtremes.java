package io.frazil.engine.function.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.aggregate.ExtremeFunction.End;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Extremes of text, by unsigned UTF-8 bytes. The values lie in one array, each with room for as
/// much as it ever was; a longer one goes to the end, and the array is made anew once much of it is
/// left behind.
final class TextExtremes extends Extremes {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final End end;
  private int groups;
  private int[] starts = {};
  private int[] lengths = {};
  private int[] rooms = {};
  private byte[] bytes = {};
  private int used;
  private long abandoned;

  TextExtremes(DataType type, End end) {
    super(type);
    this.end = end;
  }

  @Override
  void resizeValues(int groups) {
    this.groups = groups;
    if (groups > starts.length) {
      int capacity = GroupArrays.capacity(groups);
      starts = Arrays.copyOf(starts, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      rooms = Arrays.copyOf(rooms, capacity);
    }
  }

  @Override
  void add(int[] rowGroups, Vector values, int count) {
    var text = (StringVector) values;
    for (int i = 0; i < count; i++) {
      if (!text.isNull(i) && isBetter(rowGroups[i], text, i)) {
        put(rowGroups[i], text.bytes(), text.starts()[i], text.lengths()[i]);
      }
    }
  }

  @Override
  public Vector result(int from, int count) {
    return new StringVector(
        type,
        bytes,
        Arrays.copyOfRange(starts, from, from + count),
        Arrays.copyOfRange(lengths, from, from + count),
        count,
        seen.validity(from, count));
  }

  @Override
  public long bytes() {
    return bytes.length + 3L * starts.length * Integer.BYTES + seen.bytes();
  }

  private boolean isBetter(int group, StringVector text, int row) {
    if (!seen.contains(group)) {
      return true;
    }
    int start = text.starts()[row];
    int held = starts[group];
    int order =
        Arrays.compareUnsigned(
            text.bytes(), start, start + text.lengths()[row], bytes, held, held + lengths[group]);
    return end == End.LEAST ? order < 0 : order > 0;
  }

  private void put(int group, byte[] source, int start, int length) {
    if (length > rooms[group]) {
      abandoned += rooms[group];
      rooms[group] = 0;
      lengths[group] = 0;
      ensure(length);
      starts[group] = used;
      rooms[group] = length;
      used += length;
    }
    System.arraycopy(source, start, bytes, starts[group], length);
    lengths[group] = length;
    seen.mark(group);
  }

  private void ensure(int more) {
    if ((long) used + more <= bytes.length) {
      return;
    }
    long live = used - abandoned + more;
    if (live > MAX_BYTES) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT, "More than 2 GiB of text in one aggregate cannot be held");
    }
    byte[] target = new byte[(int) Math.min(MAX_BYTES, Math.max(1024, 2 * live))];
    int end = 0;
    for (int group = 0; group < groups; group++) {
      System.arraycopy(bytes, starts[group], target, end, lengths[group]);
      starts[group] = end;
      rooms[group] = lengths[group];
      end += lengths[group];
    }
    bytes = target;
    used = end;
    abandoned = 0;
  }
}
