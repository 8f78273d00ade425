package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.sql.bind.EngineTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Scans that read only the columns that are needed and evaluate every condition on their table.
final class ScanPlanner {
  private final Context context;

  ScanPlanner(Context context) {
    this.context = context;
  }

  /// @param conjuncts over the table's columns
  /// @param whole the node whose rows these are: the scan, or the filter over it
  Planned plan(TableScan scan, List<RexNode> conjuncts, ImmutableBitSet needed, RelNode whole) {
    EngineTable table = scan.getTable().unwrap(EngineTable.class);
    if (table == null) {
      throw TreePlanner.unsupported("This table cannot be read");
    }
    var pushed = new ArrayList<RexNode>();
    var kept = new ArrayList<RexNode>();
    conjuncts.forEach(c -> (RexUtil.isDeterministic(c) ? pushed : kept).add(c));
    ImmutableBitSet wanted = needed.union(RelOptUtil.InputFinder.bits(kept, null));
    ImmutableBitSet read = wanted.union(RelOptUtil.InputFinder.bits(pushed, null));

    List<ScanColumn> all = table.provider().columns();
    var columns = new ArrayList<ScanColumn>();
    var positions = new HashMap<Integer, Integer>();
    for (int i : read) {
      if (i >= all.size()) {
        throw TreePlanner.unsupported(
            "Column '%s' is of a type that is not supported yet"
                .formatted(scan.getRowType().getFieldNames().get(i)));
      }
      positions.put(i, columns.size());
      columns.add(all.get(i));
    }
    var filters = new ArrayList<Expression>();
    for (RexNode conjunct : pushed) {
      // What prunes looks at literals: a constant that is cast to its column's type has to be one.
      Expression filter =
          context.folded(
              context.translate(
                  conjunct,
                  scan,
                  ref -> column(columns, positions.getOrDefault(ref.getIndex(), -1))));
      filters.addAll(filter instanceof Expression.And(var parts) ? parts : List.of(filter));
    }
    var outputs = new ArrayList<Integer>();
    var mapping = new HashMap<Integer, Integer>();
    for (int i : wanted) {
      mapping.put(i, outputs.size());
      outputs.add(positions.getOrDefault(i, -1));
    }
    var plan =
        new PhysicalPlan.TableScan(
            context.nextId(), table.reference(), columns, filters, outputs, null, List.of());
    context.tables().put(plan.id(), table.provider());
    context.estimated(plan, kept.isEmpty() ? whole : scan, mapping);
    var planned = new Planned(plan, mapping);
    return kept.isEmpty() ? planned : filtered(planned, kept, whole);
  }

  private static Expression column(List<ScanColumn> columns, int position) {
    ScanColumn column = columns.get(position);
    return new Expression.Column(position, column.name(), column.type(), column.nullable());
  }

  private Planned filtered(Planned scan, List<RexNode> conjuncts, RelNode whole) {
    RexNode condition = RexUtil.composeConjunction(whole.getCluster().getRexBuilder(), conjuncts);
    Expression predicate = context.translate(condition, whole, scan);
    var filter = new PhysicalPlan.Filter(context.nextId(), scan.plan(), predicate);
    return new Planned(context.estimated(filter, whole, scan.columns()), scan.columns());
  }
}
