package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;

/// Computes one node of an expression, a batch at a time. One thread's; what it returns is valid
/// until it is asked for other columns or for rows that it hasn't computed.
///
/// Whoever narrows an [Input] copies what it gets for it before it asks for anything else, as that
/// may compute a shared node once more.
abstract class Evaluator {
  /// The value of each row that is wanted; other rows hold anything, null slots hold zero.
  abstract Vector evaluate(Input input);

  /// Writes the positions of those rows where the value, a boolean, is true to `out`, and says how
  /// many. `out` is not the input's own selection. To a condition, null is as good as false: it may
  /// raise fewer errors than [#evaluate], as what stands behind a null isn't asked.
  int select(Input input, int[] out) {
    return switch (evaluate(input)) {
      case BooleanVector truth ->
          Selections.where(truth.values(), input.positions(), input.count(), out);
      case DictionaryVector truth -> {
        int n =
            Selections.whereEntry(
                ((BooleanVector) truth.dictionary()).values(),
                truth.ids(),
                input.positions(),
                input.count(),
                out);
        yield truth.validity() == null ? n : Selections.whereValid(truth.validity(), out, n, out);
      }
      case Vector other -> throw new AssertionError("not boolean: " + other.type().text());
    };
  }
}
