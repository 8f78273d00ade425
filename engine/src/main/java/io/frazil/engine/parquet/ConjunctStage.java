package io.frazil.engine.parquet;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conjuncts of the scan's condition over the same columns.
final class ConjunctStage extends FilterStage {
  private final RowFilter filter;
  private final int width;
  private final boolean deterministic;
  private final boolean mayMove;

  /// @param width how many columns the conjuncts' positions are of
  /// @param deterministic whether equal values always give the same
  ConjunctStage(
      List<Expression> conjuncts,
      int[] columns,
      int width,
      boolean deterministic,
      RowFilter.Factory filters) {
    super(columns);
    this.filter = filters.compile(conjuncts);
    this.width = width;
    this.deterministic = deterministic;
    this.mayMove = deterministic && conjuncts.stream().noneMatch(Fallible::canFail);
  }

  @Override
  boolean mayMove() {
    return mayMove;
  }

  @Override
  int selectByValue(Window window, int @Nullable [] selection, int count, int[] out) {
    Batch batch = window.batch(columns());
    return selected(filter.filter(selection == null ? batch : batch.select(selection, count)), out);
  }

  private static int selected(Batch batch, int[] out) {
    int count = batch.rows();
    int[] selection = batch.selection();
    if (selection == null) {
      for (int i = 0; i < count; i++) {
        out[i] = i;
      }
    } else if (selection != out) {
      System.arraycopy(selection, 0, out, 0, count);
    }
    return count;
  }

  @Override
  byte @Nullable [] judge(Vector dictionary) {
    if (!deterministic) {
      return null;
    }
    byte[] passes = new byte[dictionary.length()];
    int[] ids = new int[Math.min(Batch.MAX_ROWS, dictionary.length())];
    int[] passing = new int[ids.length];
    try {
      for (int from = 0; from < passes.length; from += ids.length) {
        int count = Math.min(ids.length, passes.length - from);
        for (int i = 0; i < count; i++) {
          ids[i] = from + i;
        }
        int passed = judge(new DictionaryVector(ids, dictionary, count, null), passing);
        for (int i = 0; i < passed; i++) {
          passes[from + passing[i]] = 1;
        }
      }
      judgeNull(dictionary);
    } catch (FrazilException e) {
      // Perhaps no live row has the value that fails: let the rows tell.
      return null;
    }
    return passes;
  }

  @Override
  boolean judgeNull(Vector dictionary) {
    return judge(
            DictionaryVector.constant(Constants.vector(null, dictionary.type()), 1), new int[1])
        == 1;
  }

  /// The conjuncts look at this stage's one column only, so it may stand for all others.
  private int judge(Vector values, int[] passing) {
    var columns = new Vector[width];
    Arrays.fill(columns, values);
    return selected(filter.filter(Batch.of(values.length(), columns)), passing);
  }
}
