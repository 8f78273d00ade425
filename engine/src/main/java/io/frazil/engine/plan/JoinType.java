package io.frazil.engine.plan;

import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// Which rows a join gives. The left input probes, the right one is built.
public enum JoinType {
  /// Matching pairs.
  INNER,
  /// And left rows without a match, padded with nulls; and right ones; and both.
  LEFT,
  RIGHT,
  FULL,
  /// Left rows with a match, once each; and without.
  LEFT_SEMI,
  LEFT_ANTI,
  /// Left rows for which `key NOT IN (right keys)` is true: none once a right key is null, none
  /// whose own key is null unless the right input is empty. Has exactly one key.
  NULL_AWARE_ANTI,
  /// Right rows with a match, once each; and without.
  RIGHT_SEMI,
  RIGHT_ANTI;

  /// Whether left columns are among those that can come out.
  public boolean keepsLeft() {
    return this != RIGHT_SEMI && this != RIGHT_ANTI;
  }

  /// Whether right columns are among those that can come out.
  public boolean keepsRight() {
    return switch (this) {
      case INNER, LEFT, RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// Left then right columns with the nullability that this type gives them, for `outputs` to pick
  /// from: also of a semi join, so that positions mean the same in all.
  Schema schema(Schema left, Schema right) {
    var fields = new ArrayList<Field>();
    pad(fields, left.fields(), this == RIGHT || this == FULL);
    pad(fields, right.fields(), this == LEFT || this == FULL);
    return new Schema(fields);
  }

  private static void pad(List<Field> into, List<Field> fields, boolean padded) {
    for (Field f : fields) {
      into.add(new Field(f.name(), f.type(), f.nullable() || padded));
    }
  }
}
