package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.type.DataType;
import io.frazil.sql.ConstantFolder;
import io.frazil.sql.NodeEstimate;
import io.frazil.sql.bind.RelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Makes the engine's plan of an optimized tree.
///
/// The tree is walked twice: once to learn which columns every place needs of the subplans that
/// stand in several, then to plan, each of those once.
public final class PhysicalPlanner {
  private final FunctionRegistry functions;
  private final ConstantFolder folder;

  /// @param folder computes the constants that conditions over tables hold
  public PhysicalPlanner(FunctionRegistry functions, ConstantFolder folder) {
    this.functions = functions;
    this.folder = folder;
  }

  /// A plan and what is known of its nodes, by id.
  public record Result(
      PhysicalPlan root,
      Map<Integer, TableProvider> tables,
      Map<Integer, NodeEstimate> estimates) {}

  /// @param columns which of the tree's columns come out, in order
  /// @param names what they are called
  public Result plan(RelNode tree, List<Integer> columns, List<String> names) {
    ImmutableBitSet needed = ImmutableBitSet.of(columns);
    var subplans = CommonSubplans.of(tree);
    if (subplans.any()) {
      new TreePlanner(new Context(functions, folder), subplans).plan(tree, needed);
      subplans.settle();
    }
    var context = new Context(functions, folder);
    Planned planned = new TreePlanner(context, subplans).plan(tree, needed);
    PhysicalPlan named = named(context, planned, tree, columns, names);
    PhysicalPlan limited = PushLimits.into(named);
    PhysicalPlan filtered = new RuntimeFilters(context).add(limited);
    return new Result(filtered, context.tables(), context.estimates());
  }

  /// The result's columns in their order, under their names, of the types that were promised.
  private static PhysicalPlan named(
      Context context, Planned planned, RelNode tree, List<Integer> columns, List<String> names) {
    var expressions = new ArrayList<Expression>();
    boolean same = planned.plan().schema().size() == columns.size();
    for (int i = 0; i < columns.size(); i++) {
      DataType type =
          RelTypes.toEngine(tree.getRowType().getFieldList().get(columns.get(i)).getType());
      Expression reference = planned.reference(columns.get(i));
      boolean cast = !reference.type().equals(type);
      expressions.add(
          cast ? new Expression.Cast(reference, type, Expression.OnError.FAIL) : reference);
      same &=
          !cast
              && planned.column(columns.get(i)) == i
              && planned.plan().schema().field(i).name().equals(names.get(i));
    }
    if (same) {
      return planned.plan();
    }
    return planned.plan()
                instanceof
                PhysicalPlan.Project(int id, PhysicalPlan input, var inner, List<String> _)
            && Substitution.isSimple(expressions)
        ? context.estimatedAsInput(
            new PhysicalPlan.Project(id, input, Substitution.into(expressions, inner), names))
        : context.estimatedAsInput(
            new PhysicalPlan.Project(context.nextId(), planned.plan(), expressions, names));
  }
}
