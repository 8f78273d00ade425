package io.frazil.sql.estimate;

import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rex.RexNode;

/// What two relations are joined on.
///
/// @param leftKeys columns of the left one, each equal to that of the right one at the same place
/// @param others conditions that are no such equality, of the columns of both in that order
public record JoinedOn(List<Integer> leftKeys, List<Integer> rightKeys, List<RexNode> others) {
  public JoinedOn {
    leftKeys = List.copyOf(leftKeys);
    rightKeys = List.copyOf(rightKeys);
    others = List.copyOf(others);
  }

  static JoinedOn of(Join join) {
    JoinInfo info = join.analyzeCondition();
    return new JoinedOn(info.leftKeys, info.rightKeys, info.nonEquiConditions);
  }
}
