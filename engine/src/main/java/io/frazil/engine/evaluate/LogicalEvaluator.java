package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// AND and OR. A row that an operand has decided (false for AND, true for OR) is not asked of those
/// that follow.
final class LogicalEvaluator extends Evaluator {
  /// The value that decides: 0 for AND, 1 for OR.
  private final byte decisive;

  private final List<Evaluator> operands;
  private final List<Operand> values;
  private final Scratch scratch = new Scratch();
  private final Scratch nulls = new Scratch();

  private LogicalEvaluator(int decisive, List<Evaluator> operands) {
    this.decisive = (byte) decisive;
    this.operands = operands;
    this.values = operands.stream().map(Operand::new).toList();
  }

  static LogicalEvaluator and(List<Evaluator> operands) {
    return new LogicalEvaluator(0, operands);
  }

  static LogicalEvaluator or(List<Evaluator> operands) {
    return new LogicalEvaluator(1, operands);
  }

  @Override
  int select(Input input, int[] out) {
    return decisive == 0 ? selectAll(input, out) : selectAny(input, out);
  }

  /// Each operand's true rows are the next one's input. One that rejects none leaves its input as
  /// it is, whose selection is not to be written then.
  private int selectAll(Input input, int[] out) {
    Input live = input;
    int last = operands.size() - 1;
    int[] target = scratch.ints(input.length());
    int[] spare = scratch.moreInts(input.length());
    for (int i = 0; i < last && live.count() > 0; i++) {
      Input next = live.narrow(target, operands.get(i).select(live, target));
      if (next != live) {
        int[] used = target;
        target = spare;
        spare = used;
      }
      live = next;
    }
    return live.count() == 0 ? 0 : operands.get(last).select(live, out);
  }

  private int selectAny(Input input, int[] out) {
    byte[] mask = scratch.bytes(input.length());
    Arrays.fill(mask, 0, input.length(), (byte) 0);
    int[] hits = scratch.ints(input.length());
    int[] rest = scratch.moreInts(input.length());
    Input live = input;
    for (Evaluator operand : operands) {
      int n = operand.select(live, hits);
      Selections.mark(hits, n, mask);
      int left = Selections.without(live.positions(), live.count(), hits, n, rest);
      live = live.narrow(rest, left);
      if (left == 0) {
        break;
      }
    }
    return Selections.where(mask, input.positions(), input.count(), out);
  }

  @Override
  Vector evaluate(Input input) {
    int length = input.length();
    byte[] mask = scratch.bytes(length);
    Arrays.fill(mask, 0, length, (byte) (1 - decisive));
    byte[] isNull = nulls.bytes(length);
    Arrays.fill(isNull, 0, length, (byte) 0);
    int[] rest = scratch.moreInts(length);
    Input live = input;
    boolean anyNull = false;
    for (Operand operand : values) {
      var truth = (BooleanVector) operand.flat(live);
      anyNull |= truth.validity() != null;
      int left = decide(truth, live.positions(), live.count(), mask, isNull, rest);
      live = live.narrow(rest, left);
      if (left == 0) {
        break;
      }
    }
    return new BooleanVector(
        Types.BOOLEAN, mask, length, anyNull ? validity(mask, isNull, length) : null);
  }

  /// @return how many rows are still open, whose positions are in `rest`
  private int decide(
      BooleanVector truth, int[] positions, int count, byte[] mask, byte[] isNull, int[] rest) {
    byte[] values = truth.values();
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      rest[n] = p;
      if (truth.isNull(p)) {
        isNull[p] = 1;
        n++;
      } else if (values[p] == decisive) {
        mask[p] = decisive;
        isNull[p] = 0;
      } else {
        n++;
      }
    }
    return n;
  }

  private static long @Nullable [] validity(byte[] mask, byte[] isNull, int length) {
    long[] validity = Bitmap.allSet(length);
    boolean anyNull = false;
    for (int i = 0; i < length; i++) {
      if (isNull[i] != 0) {
        Bitmap.clear(validity, i);
        mask[i] = 0;
        anyNull = true;
      }
    }
    return anyNull ? validity : null;
  }
}
