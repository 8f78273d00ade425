package io.frazil.engine.vector;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strings by number, their bytes one after the other: in one array up to a limit, in several
/// beyond it. A string never spans two.
final class TextArena {
  /// The most bytes kept in one array: growing it by half again still gives an array.
  static final int MAX_ARRAY = 1 << 30;

  private static final int MIN_ARRAY = 1 << 10;

  private static final int MIN_VIEWS = 64;

  private final int maxArray;

  /// Arrays that are full, each with the number behind its last string.
  private final List<Chunk> full = new ArrayList<>();

  private byte[] bytes = {};
  private int used;
  private int[] starts = {};
  private int[] lengths = {};
  private int size;

  private record Chunk(byte[] bytes, int end) {}

  TextArena(int maxArray) {
    this.maxArray = maxArray;
  }

  int size() {
    return size;
  }

  /// Whether all strings lie in one array, so that one vector can view them.
  boolean isContiguous() {
    return full.isEmpty();
  }

  /// Appends the strings at the first `count` of `selection` and says which number the first has.
  int append(StringVector text, int @Nullable [] selection, int count) {
    int first = size;
    ensure(count, total(text, selection, count));
    int[] from = text.starts();
    int[] sizes = text.lengths();
    int end = used;
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      int length = sizes[position];
      System.arraycopy(text.bytes(), from[position], bytes, end, length);
      starts[first + i] = end;
      lengths[first + i] = length;
      end += length;
    }
    used = end;
    size = first + count;
    return first;
  }

  /// Appends one string and gives its number.
  int append(StringVector text, int position) {
    int length = text.lengths()[position];
    ensure(1, length);
    System.arraycopy(text.bytes(), text.starts()[position], bytes, used, length);
    starts[size] = used;
    lengths[size] = length;
    used += length;
    return size++;
  }

  /// Appends all strings of another arena: its bytes are copied where they fit this one's array,
  /// else its arrays are taken over.
  void appendAll(TextArena other) {
    ensureSize(other.size);
    int shift = 0;
    if (other.isContiguous() && (long) used + other.used <= maxArray) {
      shift = used;
      ensureBytes(other.used);
      System.arraycopy(other.bytes, 0, bytes, used, other.used);
      used += other.used;
    } else {
      if (used > 0) {
        full.add(new Chunk(bytes, size));
      }
      for (Chunk chunk : other.full) {
        full.add(new Chunk(chunk.bytes, size + chunk.end));
      }
      bytes = other.bytes;
      used = other.used;
    }
    for (int i = 0; i < other.size; i++) {
      starts[size + i] = shift + other.starts[i];
    }
    System.arraycopy(other.lengths, 0, lengths, size, other.size);
    size += other.size;
  }

  /// All strings, where they are contiguous; valid until the next append.
  StringVector vector(DataType type) {
    return new StringVector(type, bytes, starts, lengths, size, null);
  }

  /// Strings by number: as views where they lie in one array, else copied into one.
  StringVector gather(DataType type, int[] numbers, int count) {
    int[] from = Gather.gather(starts, numbers, count);
    int[] sizes = Gather.gather(lengths, numbers, count);
    if (isContiguous()) {
      return new StringVector(type, bytes, from, sizes, count, null);
    }
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += sizes[i];
    }
    byte[] out = new byte[Math.toIntExact(total)];
    int end = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(array(numbers[i]), from[i], out, end, sizes[i]);
      from[i] = end;
      end += sizes[i];
    }
    return new StringVector(type, out, from, sizes, count, null);
  }

  long bytes() {
    long total = bytes.length + ((long) starts.length + lengths.length) * Integer.BYTES;
    for (Chunk chunk : full) {
      total += chunk.bytes.length;
    }
    return total;
  }

  /// What [#append] of these allocates, in bytes, at most.
  long growth(StringVector text, int @Nullable [] selection, int count) {
    long more = total(text, selection, count);
    long views = size + count > starts.length ? 2L * nextSize(count) * Integer.BYTES : 0;
    return views + (used + more > bytes.length ? nextBytes(more) : 0);
  }

  /// What appending these one at a time allocates, in bytes, at most.
  long piecemealGrowth(StringVector text, int count) {
    long more = total(text, null, count) + 1;
    boolean moreViews = size + count > starts.length;
    long views = moreViews ? 4L * Math.max(MIN_VIEWS, size + (long) count) * Integer.BYTES : 0;
    return views + (used + more > bytes.length ? 2 * Math.max(MIN_ARRAY, used + more) : 0);
  }

  private byte[] array(int number) {
    for (Chunk chunk : full) {
      if (number < chunk.end) {
        return chunk.bytes;
      }
    }
    return bytes;
  }

  private void ensure(int count, long more) {
    ensureSize(count);
    ensureBytes(more);
  }

  private void ensureSize(int count) {
    if ((long) size + count > starts.length) {
      int next = nextSize(count);
      starts = Arrays.copyOf(starts, next);
      lengths = Arrays.copyOf(lengths, next);
    }
  }

  private void ensureBytes(long more) {
    if (used + more <= bytes.length) {
      return;
    }
    if (more > ColumnBuffer.MAX_ROWS) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT, "More than 2 GiB of text in one batch cannot be held");
    }
    int next = nextBytes(more);
    if (used > 0 && used + more > maxArray) {
      full.add(new Chunk(bytes, size));
      bytes = new byte[next];
      used = 0;
    } else {
      bytes = Arrays.copyOf(bytes, next);
    }
  }

  private int nextSize(int count) {
    long needed = (long) size + count;
    long next = Math.max(needed, Math.max(MIN_VIEWS, 2L * starts.length));
    return (int) Math.min(ColumnBuffer.MAX_ROWS, next);
  }

  /// The length of the array that takes `more` bytes: this one longer, or another.
  private int nextBytes(long more) {
    boolean another = used > 0 && used + more > maxArray;
    long needed = another ? more : used + more;
    long wanted = another ? maxArray / 16 : 2L * bytes.length;
    long next = Math.max(needed, Math.min(maxArray, Math.max(MIN_ARRAY, wanted)));
    return (int) Math.min(ColumnBuffer.MAX_ROWS, next);
  }

  private static long total(StringVector text, int @Nullable [] selection, int count) {
    int[] sizes = text.lengths();
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += sizes[selection == null ? i : selection[i]];
    }
    return total;
  }
}
