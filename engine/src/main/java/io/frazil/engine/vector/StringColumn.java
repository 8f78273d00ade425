package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of text: entries, and for each row the number of its entry.
///
/// Rows from a dictionary vector bring each entry of it once, whatever its length, and cost four
/// bytes a row then; other rows bring an entry each. While there has been no dictionary, a row's
/// number is its entry's and none is kept. Few entries come out again as one dictionary, so that
/// grouping and comparing see ids.
final class StringColumn extends ColumnBuffer {
  /// The most entries that come out as a dictionary: what a reader may map eagerly.
  private static final int MAX_DICTIONARY = 1 << 16;

  private final TextArena entries;
  private int @Nullable [] ids;
  private int capacity;

  /// The dictionary that rows came from last and where its entries went, -1 for not yet.
  private @Nullable Vector source;

  private int[] sourceEntries = {};

  /// All entries as a dictionary, made when first asked for.
  private @Nullable StringVector dictionary;

  StringColumn(DataType type) {
    this(type, TextArena.MAX_ARRAY);
  }

  /// @param maxArray the most bytes that are kept in one array
  StringColumn(DataType type, int maxArray) {
    super(type);
    entries = new TextArena(maxArray);
  }

  @Override
  void resize(int capacity) {
    this.capacity = capacity;
    if (ids != null) {
      ids = Arrays.copyOf(ids, capacity);
    }
  }

  @Override
  void store(Vector vector, int @Nullable [] selection, int at, int count) {
    dictionary = null;
    switch (vector) {
      case DictionaryVector v when isWorthMapping(v.dictionary(), count) ->
          storeIds(v, selection, at, count);
      case DictionaryVector v -> storeText(flat(v, selection, count), null, at, count);
      case StringVector v -> storeText(v, selection, at, count);
      case BooleanVector _, IntVector _, LongVector _, DoubleVector _, Int128Vector _ ->
          throw new IllegalArgumentException("not a vector of text");
    }
  }

  private void storeText(StringVector text, int @Nullable [] selection, int at, int count) {
    int first = entries.append(text, selection, count);
    if (ids != null) {
      for (int i = 0; i < count; i++) {
        boolean isNull = text.isNull(selection == null ? i : selection[i]);
        ids[at + i] = isNull ? 0 : first + i;
      }
    }
  }

  private void storeIds(DictionaryVector vector, int @Nullable [] selection, int at, int count) {
    StringVector text = (StringVector) vector.dictionary();
    int[] target = requireIds(at);
    int[] mapping = mapping(text);
    int[] from = vector.ids();
    if (entries.size() == 0) {
      mapping[0] = entries.append(text, 0);
    }
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      int id = from[position];
      if (mapping[id] < 0) {
        mapping[id] = entries.append(text, id);
      }
      target[at + i] = vector.isNull(position) ? 0 : mapping[id];
    }
  }

  @Override
  void storeAll(ColumnBuffer source, int at) {
    dictionary = null;
    StringColumn part = (StringColumn) source;
    int[] from = part.ids;
    int first = entries.size();
    int[] target = from == null ? ids : requireIds(at);
    entries.appendAll(part.entries);
    if (target != null) {
      for (int i = 0; i < part.rows(); i++) {
        boolean isNull = part.validity() != null && !Bitmap.get(part.validity(), i);
        target[at + i] = isNull ? 0 : first + (from == null ? i : from[i]);
      }
    }
  }

  @Override
  Vector load(int[] numbers, int count) {
    int[] chosen = ids == null ? Arrays.copyOf(numbers, count) : Gather.gather(ids, numbers, count);
    int size = entries.size();
    return size > 0 && size <= MAX_DICTIONARY && entries.isContiguous()
        ? new DictionaryVector(chosen, dictionary(), count, null)
        : entries.gather(type(), chosen, count);
  }

  @Override
  @Nullable Vector values(int count) {
    if (!entries.isContiguous()) {
      return null;
    }
    return ids == null || entries.size() == 0
        ? dictionary()
        : new DictionaryVector(ids, dictionary(), count, null);
  }

  /// Readers on several threads may each make one: either is right.
  private StringVector dictionary() {
    StringVector made = dictionary;
    if (made == null) {
      made = entries.vector(type());
      dictionary = made;
    }
    return made;
  }

  @Override
  long valueBytes() {
    return entries.bytes()
        + ((ids == null ? 0L : ids.length) + sourceEntries.length) * Integer.BYTES;
  }

  @Override
  long growth(Vector vector, int @Nullable [] selection, int count, long newCapacity) {
    boolean keepsIds = ids != null || vector instanceof DictionaryVector;
    long rowCapacity = Math.max(newCapacity, ids == null ? capacity : 0);
    long idBytes = keepsIds ? rowCapacity * Integer.BYTES : 0;
    if (vector instanceof DictionaryVector v) {
      boolean isNew = v.dictionary() != source;
      long mapping = isNew ? (long) v.dictionary().length() * Integer.BYTES : 0;
      return idBytes + mapping + entries.piecemealGrowth(withFirst(v, selection, count), count + 1);
    }
    return idBytes + entries.growth((StringVector) vector, selection, count);
  }

  /// The chosen values and the dictionary's first, which an empty column takes for its nulls.
  private static StringVector withFirst(DictionaryVector v, int @Nullable [] selection, int count) {
    int[] ids = new int[count + 1];
    for (int i = 0; i < count; i++) {
      ids[i] = v.ids()[selection == null ? i : selection[i]];
    }
    return (StringVector) Gather.gather(v.dictionary(), ids, count + 1);
  }

  private int[] requireIds(int rows) {
    int[] present = ids;
    if (present == null) {
      present = new int[capacity];
      for (int i = 0; i < rows; i++) {
        present[i] = i;
      }
      ids = present;
    }
    return present;
  }

  private int[] mapping(StringVector text) {
    if (source != text) {
      source = text;
      sourceEntries = new int[text.length()];
      Arrays.fill(sourceEntries, -1);
    }
    return sourceEntries;
  }

  /// A dictionary that is much longer than what is taken of it is not.
  private boolean isWorthMapping(Vector text, int count) {
    return text == source || text.length() <= Math.max(MAX_DICTIONARY, 4L * count);
  }

  private static StringVector flat(DictionaryVector v, int @Nullable [] selection, int count) {
    int[] positions = selection;
    if (positions == null) {
      positions = new int[count];
      Arrays.setAll(positions, i -> i);
    }
    return (StringVector) Gather.flatten(Gather.gather(v, positions, count));
  }
}
