package io.frazil.engine.kernel;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Puts one vector together from rows of several: [#start], [#copy] for disjoint rows, [#finish].
/// One thread's; copies all, so that sources may be overwritten; the result is valid until the next
/// [#start].
public final class Merge {
  private final DataType type;
  private final PhysicalType physical;
  private final Scratch scratch = new Scratch();
  private final TextBuilder text = new TextBuilder();
  private long @Nullable [] validity;
  private boolean isWide;
  private int length;

  public Merge(DataType type) {
    this.type = type;
    this.physical = type instanceof DataType.Decimal ? PhysicalType.LONG : type.physical();
  }

  public void start(int length) {
    this.length = length;
    validity = null;
    isWide = false;
    if (physical == PhysicalType.STRING) {
      text.start(length);
    }
  }

  /// @param source any vector of the type, dictionaries too
  public void copy(Vector source, int[] positions, int count) {
    int[] ids = source instanceof DictionaryVector d ? d.ids() : Selections.identity(length);
    switch (source instanceof DictionaryVector d ? d.dictionary() : source) {
      case BooleanVector v ->
          Lookup.bytes(v.values(), ids, positions, count, scratch.bytes(length));
      case IntVector v -> Lookup.ints(v.values(), ids, positions, count, scratch.ints(length));
      case LongVector v -> longs(v.values(), ids, positions, count);
      case Int128Vector v -> wide(v, ids, positions, count);
      case DoubleVector v ->
          Lookup.doubles(v.values(), ids, positions, count, scratch.doubles(length));
      case StringVector v -> texts(v, ids, positions, count);
      case DictionaryVector _ -> throw new AssertionError("a dictionary is flat");
    }
    if (source.validity() != null) {
      nulls(source.validity(), positions, count);
    }
  }

  /// These rows are null.
  public void nulls(int[] positions, int count) {
    if (count > 0) {
      nulls(new long[Bitmap.words(length)], positions, count);
      if (physical == PhysicalType.STRING) {
        for (int i = 0; i < count; i++) {
          text.endNull(positions[i]);
        }
      }
    }
  }

  private void longs(long[] values, int[] ids, int[] positions, int count) {
    long[] low = isWide ? scratch.moreLongs(length) : scratch.longs(length);
    Lookup.longs(values, ids, positions, count, low);
    if (isWide) {
      long[] high = scratch.longs(length);
      for (int i = 0; i < count; i++) {
        high[positions[i]] = low[positions[i]] >> 63;
      }
    }
  }

  private void wide(Int128Vector source, int[] ids, int[] positions, int count) {
    long[] high = scratch.longs(length);
    long[] low = scratch.moreLongs(length);
    if (!isWide) {
      System.arraycopy(high, 0, low, 0, length);
      Decimals.signs(low, high, length);
      isWide = true;
    }
    Lookup.longs(source.high(), ids, positions, count, high);
    Lookup.longs(source.low(), ids, positions, count, low);
  }

  private void texts(StringVector source, int[] ids, int[] positions, int count) {
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      text.append(source.bytes(), source.starts()[ids[p]], source.lengths()[ids[p]]);
      text.end(p);
    }
  }

  private void nulls(long[] from, int[] positions, int count) {
    long[] target = validity == null ? Bitmap.allSet(length) : validity;
    validity = target;
    for (int i = 0; i < count; i++) {
      if (!Bitmap.get(from, positions[i])) {
        Bitmap.clear(target, positions[i]);
      }
    }
  }

  public Vector finish() {
    return switch (physical) {
      case BOOLEAN -> {
        NullSlots.zero(scratch.bytes(length), validity, length);
        yield new BooleanVector(type, scratch.bytes(length), length, validity);
      }
      case INT -> {
        NullSlots.zero(scratch.ints(length), validity, length);
        yield new IntVector(type, scratch.ints(length), length, validity);
      }
      case LONG, INT128 -> {
        NullSlots.zero(scratch.longs(length), validity, length);
        if (!isWide) {
          yield new LongVector(type, scratch.longs(length), length, validity);
        }
        NullSlots.zero(scratch.moreLongs(length), validity, length);
        yield new Int128Vector(
            type, scratch.longs(length), scratch.moreLongs(length), length, validity);
      }
      case DOUBLE -> {
        NullSlots.zero(scratch.doubles(length), validity, length);
        yield new DoubleVector(type, scratch.doubles(length), length, validity);
      }
      case STRING -> {
        StringVector result = text.vector(validity);
        NullSlots.zero(result.lengths(), validity, length);
        yield result;
      }
    };
  }
}
