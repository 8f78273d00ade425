package io.frazil.engine.exec.join;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.vector.Batch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins by two nested loops.
final class JoinModel {
  private JoinModel() {}

  static List<List<@Nullable Object>> join(JoinTest.Case c) {
    List<List<@Nullable Object>> left = rows(c.left());
    List<List<@Nullable Object>> right = rows(c.right());
    List<@Nullable Object> nulls = Collections.nCopies(c.width(), null);
    List<List<@Nullable Object>> out = new ArrayList<>();
    boolean[] rightMatched = new boolean[right.size()];
    for (List<@Nullable Object> l : left) {
      boolean matched = false;
      for (int r = 0; r < right.size(); r++) {
        if (c.matches(l, right.get(r))) {
          matched = true;
          rightMatched[r] = true;
          if (givesPairs(c.type())) {
            out.add(output(c, l, right.get(r)));
          }
        }
      }
      if (keepsLeft(c, l, matched, right)) {
        out.add(output(c, l, nulls));
      }
    }
    for (int r = 0; r < right.size(); r++) {
      boolean kept =
          switch (c.type()) {
            case RIGHT, FULL, RIGHT_ANTI -> !rightMatched[r];
            case RIGHT_SEMI -> rightMatched[r];
            case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> false;
          };
      if (kept) {
        out.add(output(c, nulls, right.get(r)));
      }
    }
    return out;
  }

  private static boolean givesPairs(JoinType type) {
    return switch (type) {
      case INNER, LEFT, RIGHT, FULL -> true;
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  private static boolean keepsLeft(
      JoinTest.Case c,
      List<@Nullable Object> left,
      boolean matched,
      List<List<@Nullable Object>> right) {
    return switch (c.type()) {
      case LEFT, FULL, LEFT_ANTI -> !matched;
      case LEFT_SEMI -> matched;
      case NULL_AWARE_ANTI ->
          right.isEmpty()
              || (!matched
                  && left.getFirst() != null
                  && right.stream().noneMatch(r -> r.getFirst() == null));
      case INNER, RIGHT, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  private static List<@Nullable Object> output(
      JoinTest.Case c, List<@Nullable Object> left, List<@Nullable Object> right) {
    List<@Nullable Object> row = new ArrayList<>();
    for (int column : c.outputs()) {
      row.add(column < c.width() ? left.get(column) : right.get(column - c.width()));
    }
    return row;
  }

  static List<List<@Nullable Object>> rows(List<Batch> batches) {
    return batches.stream().flatMap(b -> JoinRunner.rows(b).stream()).toList();
  }

  /// The same batches without rows whose key came before.
  static List<Batch> distinct(List<Batch> batches, int keys) {
    Set<List<@Nullable Object>> seen = new HashSet<>();
    List<Batch> out = new ArrayList<>();
    for (Batch batch : batches) {
      int[] live = batch.selection();
      int[] kept = new int[batch.rows()];
      int count = 0;
      List<List<@Nullable Object>> rows = JoinRunner.rows(batch);
      for (int i = 0; i < rows.size(); i++) {
        List<@Nullable Object> key = new ArrayList<>();
        rows.get(i).subList(0, keys).forEach(value -> key.add(canonical(value)));
        if (seen.add(key)) {
          kept[count++] = live == null ? i : live[i];
        }
      }
      out.add(batch.select(kept, count));
    }
    return out;
  }

  /// Equal keys as equal objects.
  static @Nullable Object canonical(@Nullable Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal.stripTrailingZeros();
      case Double number -> number + 0.0;
      case null -> null;
      default -> value;
    };
  }
}
