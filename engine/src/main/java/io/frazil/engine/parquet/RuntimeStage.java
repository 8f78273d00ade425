package io.frazil.engine.parquet;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A filter that a join's build side gave while the query runs. It may be left out, and is once it
/// drops next to nothing.
final class RuntimeStage extends FilterStage {
  private static final long ROWS_TO_LEARN = 100_000;
  private static final double USELESS_PASS_RATE = 0.9;

  private final RuntimeFilter filter;

  RuntimeStage(int column, RuntimeFilter filter) {
    super(new int[] {column});
    this.filter = filter;
  }

  @Override
  boolean mayMove() {
    return true;
  }

  @Override
  boolean isUseful() {
    return rowsIn() < ROWS_TO_LEARN || passRate() < USELESS_PASS_RATE;
  }

  @Override
  int selectByValue(Window window, int @Nullable [] selection, int count, int[] out) {
    return filter.filter(window.vector(columns()[0]), selection, count, out);
  }

  @Override
  byte[] judge(Vector dictionary) {
    int[] passing = new int[dictionary.length()];
    int passed = filter.filter(dictionary, null, passing.length, passing);
    byte[] passes = new byte[passing.length];
    for (int i = 0; i < passed; i++) {
      passes[passing[i]] = 1;
    }
    return passes;
  }

  @Override
  boolean judgeNull(Vector dictionary) {
    return false;
  }
}
