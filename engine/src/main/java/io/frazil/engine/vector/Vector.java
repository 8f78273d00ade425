package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// One column of a [Batch]: `length` values of one type and which of them are null.
///
/// Kernels switch on the class once, outside their loop, take the arrays and never look back here.
/// Arrays may be longer than `length`; what stands behind it means nothing.
public abstract sealed class Vector
    permits BooleanVector,
        IntVector,
        LongVector,
        Int128Vector,
        DoubleVector,
        StringVector,
        DictionaryVector {
  private final DataType type;
  private final int length;
  private final long @Nullable [] validity;

  Vector(DataType type, int length, long @Nullable [] validity) {
    assert validity == null || validity.length >= Bitmap.words(length) : "validity is too short";
    this.type = type;
    this.length = length;
    this.validity = validity;
  }

  public final DataType type() {
    return type;
  }

  public final int length() {
    return length;
  }

  /// One bit a value, least significant first, set where the value is not null; null where none is.
  /// Bits behind `length` mean nothing.
  public final long @Nullable [] validity() {
    return validity;
  }

  public final boolean isNull(int row) {
    return validity != null && !Bitmap.get(validity, row);
  }

  /// The same values with another validity, sharing the arrays.
  ///
  /// @param validity its null slots must already hold zero
  public abstract Vector withValidity(long @Nullable [] validity);

  /// The same physical values seen as another type of the same physical form.
  public abstract Vector withType(DataType type);
}
