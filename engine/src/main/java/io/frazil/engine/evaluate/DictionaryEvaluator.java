package io.frazil.engine.evaluate;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Vector;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of one column, null where that is: over a dictionary it is computed once for each
/// entry, and remembered while batches come over the same dictionary. The result is again over a
/// dictionary, the same one for the same input's.
///
/// Entries that no row refers to must not raise: where an entry fails, rows are computed one by one
/// as without a dictionary. So they are where the dictionary is much longer than a batch.
final class DictionaryEvaluator extends Evaluator {
  /// Entries beyond these are not worth computing for a few batches.
  private static final int MAX_ENTRIES = 16_384;

  private final int column;
  private final Evaluator byRow;
  private final Supplier<Evaluator> byEntryFactory;
  private final Scratch scratch = new Scratch();
  private @Nullable Evaluator byEntry;

  /// The dictionary that [#results] belongs to.
  private @Nullable Vector dictionary;

  /// The value of each entry; null where an entry has failed.
  private @Nullable Vector results;

  /// The same without the nulls among them.
  private @Nullable Vector entries;

  DictionaryEvaluator(int column, Evaluator byRow, Supplier<Evaluator> byEntry) {
    this.column = column;
    this.byRow = byRow;
    this.byEntryFactory = byEntry;
  }

  @Override
  Vector evaluate(Input input) {
    if (input.column(column) instanceof DictionaryVector keys && knows(keys.dictionary(), input)) {
      return map(keys, input);
    }
    return byRow.evaluate(input);
  }

  @Override
  int select(Input input, int[] out) {
    if (input.column(column) instanceof DictionaryVector keys
        && knows(keys.dictionary(), input)
        && entries instanceof BooleanVector truth) {
      // Entries without a value are false here, as null slots hold zero.
      int[] positions = input.positions();
      int n = Selections.whereEntry(truth.values(), keys.ids(), positions, input.count(), out);
      return keys.validity() == null ? n : Selections.whereValid(keys.validity(), out, n, out);
    }
    return byRow.select(input, out);
  }

  /// Whether the entries of this dictionary have their results.
  private boolean knows(Vector dictionary, Input input) {
    if (this.dictionary == dictionary) {
      return results != null;
    }
    if (dictionary.length() > MAX_ENTRIES) {
      return false;
    }
    this.dictionary = dictionary;
    results = null;
    entries = null;
    Evaluator compute = byEntry == null ? byEntryFactory.get() : byEntry;
    byEntry = compute;
    Vector[] columns = new Vector[input.width()];
    columns[column] = dictionary;
    try {
      Vector values = compute.evaluate(Input.of(columns, dictionary.length()));
      Vector copy = Gather.copy(Gather.flatten(values), null, values.length());
      results = copy;
      entries = copy.withValidity(null);
      return true;
    } catch (FrazilException e) {
      if (e.errorClass() == ErrorClass.DATA || e.errorClass() == ErrorClass.USER) {
        return false;
      }
      throw e;
    }
  }

  private Vector map(DictionaryVector keys, Input input) {
    Vector values = results;
    Vector flat = entries;
    assert values != null && flat != null : "only what is known is mapped";
    long @Nullable [] valid = values.validity();
    if (valid == null) {
      return new DictionaryVector(keys.ids(), flat, input.length(), keys.validity());
    }
    int length = input.length();
    int[] ids = scratch.ints(length);
    long[] validity = new long[Bitmap.words(length)];
    int[] positions = input.positions();
    for (int i = 0; i < input.count(); i++) {
      int p = positions[i];
      int id = keys.ids()[p];
      boolean isValid = Bitmap.get(valid, id) && !keys.isNull(p);
      ids[p] = isValid ? id : 0;
      if (isValid) {
        Bitmap.set(validity, p);
      }
    }
    return new DictionaryVector(ids, flat, length, validity);
  }
}
