package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;

/// A constant: always the same dictionary of one entry, so that what is derived from it is derived
/// once.
final class LiteralEvaluator extends Evaluator {
  private final Vector entry;
  private final boolean isNull;
  private int[] ids = new int[Batch.MAX_ROWS];

  LiteralEvaluator(Literal literal) {
    entry = Constants.vector(literal).withValidity(null);
    isNull = literal.value() == null;
  }

  @Override
  Vector evaluate(Input input) {
    int length = input.length();
    if (ids.length < length) {
      ids = new int[length];
    }
    return new DictionaryVector(ids, entry, length, isNull ? new long[Bitmap.words(length)] : null);
  }
}
