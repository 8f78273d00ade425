package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// Values by reference: value `i` is entry `ids[i]` of a dictionary that holds no nulls and is no
/// dictionary vector itself. Null slots have id 0, so a dictionary has at least one entry.
///
/// The dictionary object is its own identity: two vectors over the same object (`==`) use the same
/// ids for the same entries, which is what lets a grouping remember where an id went. Entries may
/// repeat. A constant is a dictionary of one entry ([#constant]).
public final class DictionaryVector extends Vector {
  private static final int[] ZEROS = new int[Batch.MAX_ROWS];

  private final int[] ids;
  private final Vector dictionary;

  public DictionaryVector(int[] ids, Vector dictionary, int length, long @Nullable [] validity) {
    super(dictionary.type(), length, validity);
    assert ids.length >= length : "ids are too short";
    assert dictionary.validity() == null : "a dictionary holds no nulls";
    assert !(dictionary instanceof DictionaryVector) : "a dictionary is flat";
    assert dictionary.length() > 0 : "a dictionary has an entry";
    this.ids = ids;
    this.dictionary = dictionary;
  }

  /// `length` times the one value that `value` holds, which is null where its only slot is.
  public static DictionaryVector constant(Vector value, int length) {
    assert value.length() == 1 : "a constant has one value";
    int[] ids = length <= ZEROS.length ? ZEROS : new int[length];
    boolean isNull = value.isNull(0);
    return new DictionaryVector(
        ids, value.withValidity(null), length, isNull ? new long[Bitmap.words(length)] : null);
  }

  public int[] ids() {
    return ids;
  }

  public Vector dictionary() {
    return dictionary;
  }

  /// Whether all values that are not null are the same because there is only one to be had.
  public boolean isConstant() {
    return dictionary.length() == 1;
  }

  @Override
  public DictionaryVector withValidity(long @Nullable [] validity) {
    return new DictionaryVector(ids, dictionary, length(), validity);
  }

  /// A new dictionary, and so another identity.
  @Override
  public DictionaryVector withType(DataType type) {
    return new DictionaryVector(ids, dictionary.withType(type), length(), validity());
  }
}
