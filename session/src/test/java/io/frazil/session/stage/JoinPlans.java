package io.frazil.session.stage;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.Filter;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;

/// Plans of joins of tables `(k, v)`.
final class JoinPlans {
  static final Schema SCHEMA =
      Schema.of(new Field("k", Types.BIGINT, true), new Field("v", Types.BIGINT, true));
  static final Distribution HASH = new Distribution.Hash(List.of(0), 4);

  private JoinPlans() {}

  static TableScan scan(int id) {
    return new TableScan(
        id,
        new TableReference(List.of("t" + id), null),
        SCHEMA.fields().stream().map(ScanColumn::named).toList(),
        List.of(),
        List.of(0, 1),
        null,
        List.of());
  }

  /// Of which the planner can but guess how many rows come out.
  static Filter filtered(int id, PhysicalPlan input) {
    var positive =
        new Expression.Comparison(
            ComparisonOperator.GREATER_OR_EQUAL,
            new Expression.Column(1, "v", Types.BIGINT, true),
            new Expression.Literal(0L, Types.BIGINT));
    return new Filter(id, input, positive);
  }

  static Exchange hashed(int id, PhysicalPlan input) {
    return new Exchange(id, input, HASH);
  }

  static StageInput input(int id, int stage) {
    return new StageInput(id, stage, SCHEMA);
  }

  /// By `k`, with the left side's columns coming out.
  static HashJoin join(int id, JoinType type, PhysicalPlan left, PhysicalPlan right) {
    return new HashJoin(
        id, left, right, type, List.of(0), List.of(0), null, List.of(0, 1), List.of());
  }
}
