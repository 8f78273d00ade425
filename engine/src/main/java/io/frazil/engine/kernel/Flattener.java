package io.frazil.engine.kernel;

import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Looks dictionary entries up, for kernels that want the values themselves. One thread's; what it
/// returns is valid until its next call.
///
/// Only the ids of live rows are looked at, as those of others may be anything. A constant is
/// written out once and then used for every batch, so that a literal operand costs a kernel one
/// more load from the first-level cache and no loops of its own.
public final class Flattener {
  private Scratch scratch = new Scratch();
  private @Nullable Vector constant;
  private int constantLength;

  /// The same values without a dictionary, or the vector itself where it has none.
  public Vector flat(Vector vector, Rows rows) {
    if (!(vector instanceof DictionaryVector dictionary)) {
      return vector;
    }
    if (dictionary.isConstant() && dictionary.validity() == null) {
      return constant(dictionary);
    }
    constant = null;
    return gather(dictionary, Selections.positions(rows), rows.count());
  }

  private Vector constant(DictionaryVector vector) {
    Vector same = constant;
    if (same != null && same == vector.dictionary() && constantLength >= vector.length()) {
      return written(same, vector.length());
    }
    constant = vector.dictionary();
    constantLength = Scratch.capacity(vector.length());
    int[] zeros = new int[constantLength];
    var all = new DictionaryVector(zeros, vector.dictionary(), constantLength, null);
    gather(all, Selections.identity(constantLength), constantLength);
    return written(vector.dictionary(), vector.length());
  }

  /// The scratch arrays as they are, as a vector of the kind of `like`.
  private Vector written(Vector like, int length) {
    return switch (like) {
      case BooleanVector v -> new BooleanVector(v.type(), scratch.bytes(length), length, null);
      case IntVector v -> new IntVector(v.type(), scratch.ints(length), length, null);
      case LongVector v -> new LongVector(v.type(), scratch.longs(length), length, null);
      case Int128Vector v ->
          new Int128Vector(
              v.type(), scratch.longs(length), scratch.moreLongs(length), length, null);
      case DoubleVector v -> new DoubleVector(v.type(), scratch.doubles(length), length, null);
      case StringVector v ->
          new StringVector(
              v.type(), v.bytes(), scratch.ints(length), scratch.moreInts(length), length, null);
      case DictionaryVector _ -> throw new AssertionError("a dictionary is flat");
    };
  }

  private Vector gather(DictionaryVector vector, int[] positions, int count) {
    int[] ids = vector.ids();
    int length = vector.length();
    long @Nullable [] validity = vector.validity();
    switch (vector.dictionary()) {
      case BooleanVector v -> {
        Lookup.bytes(v.values(), ids, positions, count, scratch.bytes(length));
        NullSlots.zero(scratch.bytes(length), validity, length);
      }
      case IntVector v -> {
        Lookup.ints(v.values(), ids, positions, count, scratch.ints(length));
        NullSlots.zero(scratch.ints(length), validity, length);
      }
      case LongVector v -> {
        Lookup.longs(v.values(), ids, positions, count, scratch.longs(length));
        NullSlots.zero(scratch.longs(length), validity, length);
      }
      case Int128Vector v -> {
        Lookup.longs(v.high(), ids, positions, count, scratch.longs(length));
        Lookup.longs(v.low(), ids, positions, count, scratch.moreLongs(length));
        NullSlots.zero(scratch.longs(length), validity, length);
        NullSlots.zero(scratch.moreLongs(length), validity, length);
      }
      case DoubleVector v -> {
        Lookup.doubles(v.values(), ids, positions, count, scratch.doubles(length));
        NullSlots.zero(scratch.doubles(length), validity, length);
      }
      case StringVector v -> {
        Lookup.ints(v.starts(), ids, positions, count, scratch.ints(length));
        Lookup.ints(v.lengths(), ids, positions, count, scratch.moreInts(length));
        NullSlots.zero(scratch.moreInts(length), validity, length);
      }
      case DictionaryVector _ -> throw new AssertionError("a dictionary is flat");
    }
    return written(vector.dictionary(), length).withValidity(validity);
  }

  /// Lets go of the arrays, so that what was last returned stays valid.
  public void release() {
    scratch = new Scratch();
    constant = null;
  }
}
