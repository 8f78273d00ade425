package io.frazil.sql.physical;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.sql.bind.RelTypes;
import io.frazil.sql.optimize.NullAwareAntiJoin;
import io.frazil.sql.translate.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Plans a tree from its root down: every node is told which of its columns are needed and plans
/// its inputs for what that takes.
final class TreePlanner {
  /// Beyond this many rows a heap of the first is no better than sorting all.
  private static final long MAX_TOP_N = 1_000_000;

  private final Context context;
  private final CommonSubplans subplans;
  private final ScanPlanner scans;
  private final JoinPlanner joins;
  private final AggregatePlanner aggregates;

  TreePlanner(Context context, CommonSubplans subplans) {
    this.context = context;
    this.subplans = subplans;
    this.scans = new ScanPlanner(context);
    this.joins = new JoinPlanner(context, this);
    this.aggregates = new AggregatePlanner(context, this);
  }

  Planned plan(RelNode node, ImmutableBitSet needed) {
    RelNode rel = node.stripped();
    return subplans.plan(context, rel, needed, wanted -> alone(rel, wanted));
  }

  private Planned alone(RelNode rel, ImmutableBitSet needed) {
    return switch (rel) {
      case TableScan scan -> scans.plan(scan, List.of(), needed, scan);
      case Filter filter -> filter(filter, needed);
      case Project project -> project(project, needed);
      case Join join -> joins.plan(join, needed);
      case NullAwareAntiJoin anti -> joins.plan(anti, needed);
      case Aggregate aggregate -> aggregates.plan(aggregate, needed);
      case Sort sort -> sort(sort, needed);
      case Union union -> union(union, needed);
      case Values values -> values(values, needed);
      case Correlate _ -> throw unsupported("This correlated subquery is not supported yet");
      default -> throw unsupported(name(rel) + " is not supported yet");
    };
  }

  private static String name(RelNode rel) {
    return rel.getRelTypeName().replace("Logical", "");
  }

  static FrazilException unsupported(String message) {
    return new FrazilException(ErrorCode.NOT_SUPPORTED, message);
  }

  private Planned filter(Filter filter, ImmutableBitSet needed) {
    List<RexNode> conjuncts = RelOptUtil.conjunctions(filter.getCondition());
    if (filter.getInput().stripped() instanceof TableScan scan && !subplans.contains(scan)) {
      return scans.plan(scan, conjuncts, needed, filter);
    }
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(filter.getCondition());
    Planned input = plan(filter.getInput(), needed.union(used));
    Expression predicate = context.translate(filter.getCondition(), filter, input);
    var plan = new PhysicalPlan.Filter(context.nextId(), input.plan(), predicate);
    return new Planned(context.estimated(plan, filter, input.columns()), input.columns());
  }

  private Planned project(Project project, ImmutableBitSet needed) {
    if (project.getProjects().stream().anyMatch(RexOver::containsOver)) {
      // Window functions of the query's own were refused when it was parsed.
      throw unsupported("A correlated subquery with ORDER BY or LIMIT is not supported yet");
    }
    List<RexNode> wanted = needed.toList().stream().map(project.getProjects()::get).toList();
    Planned input = plan(project.getInput(), RelOptUtil.InputFinder.bits(wanted, null));
    var columns = new HashMap<Integer, Integer>();
    if (wanted.stream().allMatch(RexInputRef.class::isInstance)) {
      for (int i : needed) {
        int source = ((RexInputRef) project.getProjects().get(i)).getIndex();
        columns.put(i, input.column(source));
      }
      return new Planned(input.plan(), columns);
    }
    var expressions = new ArrayList<Expression>();
    var names = new ArrayList<String>();
    for (int i : needed) {
      columns.put(i, expressions.size());
      expressions.add(context.translate(project.getProjects().get(i), project, input));
      names.add(project.getRowType().getFieldNames().get(i));
    }
    var plan = new PhysicalPlan.Project(context.nextId(), input.plan(), expressions, names);
    return new Planned(context.estimated(plan, project, columns), columns);
  }

  private Planned sort(Sort sort, ImmutableBitSet needed) {
    List<RelFieldCollation> order = sort.getCollation().getFieldCollations();
    ImmutableBitSet.Builder used = needed.rebuild();
    order.forEach(o -> used.set(o.getFieldIndex()));
    Planned input = plan(sort.getInput(), used.build());
    List<SortKey> keys = order.stream().map(o -> key(o, input)).toList();
    long limit = number(sort.fetch, Long.MAX_VALUE);
    long offset = number(sort.offset, 0);
    boolean bounded = limit != Long.MAX_VALUE;
    PhysicalPlan plan = input.plan();
    if (bounded && !keys.isEmpty() && limit + offset <= MAX_TOP_N) {
      plan = new PhysicalPlan.TopN(context.nextId(), plan, keys, limit, offset);
    } else {
      if (!keys.isEmpty()) {
        plan = context.estimatedAsInput(new PhysicalPlan.Sort(context.nextId(), plan, keys));
      }
      if (bounded || offset > 0) {
        plan = new PhysicalPlan.Limit(context.nextId(), plan, limit, offset);
      }
    }
    return new Planned(context.estimated(plan, sort, input.columns()), input.columns());
  }

  private static SortKey key(RelFieldCollation order, Planned input) {
    boolean descending = order.getDirection().isDescending();
    boolean first =
        order.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
            ? descending
            : order.nullDirection == RelFieldCollation.NullDirection.FIRST;
    return new SortKey(
        input.column(order.getFieldIndex()),
        descending ? SortKey.Direction.DESCENDING : SortKey.Direction.ASCENDING,
        first ? SortKey.Nulls.FIRST : SortKey.Nulls.LAST);
  }

  private static long number(@Nullable RexNode count, long otherwise) {
    if (count == null) {
      return otherwise;
    }
    if (count instanceof RexLiteral literal) {
      Long value = literal.getValueAs(Long.class);
      return value == null ? otherwise : value;
    }
    throw unsupported("LIMIT and OFFSET take a constant");
  }

  private Planned union(Union union, ImmutableBitSet needed) {
    if (!union.all) {
      throw unsupported("UNION DISTINCT is not supported here");
    }
    var fields = new ArrayList<Field>();
    var columns = new HashMap<Integer, Integer>();
    Schema all = RelTypes.toEngine(union.getRowType().getFieldNames(), union.getRowType());
    for (int i : needed) {
      columns.put(i, fields.size());
      fields.add(all.field(i));
    }
    var schema = new Schema(fields);
    var inputs = new ArrayList<PhysicalPlan>();
    for (RelNode input : union.getInputs()) {
      inputs.add(aligned(plan(input, needed), needed.toList(), schema));
    }
    var plan = new PhysicalPlan.Union(context.nextId(), inputs, schema);
    return new Planned(context.estimated(plan, union, columns), columns);
  }

  /// The input with its columns in the order and of the types of `schema`.
  private PhysicalPlan aligned(Planned input, List<Integer> columns, Schema schema) {
    var expressions = new ArrayList<Expression>();
    boolean same = input.plan().schema().size() == columns.size();
    for (int i = 0; i < columns.size(); i++) {
      Expression reference = input.reference(columns.get(i));
      DataType type = schema.type(i);
      same &= input.column(columns.get(i)) == i && reference.type().equals(type);
      expressions.add(
          reference.type().equals(type)
              ? reference
              : new Expression.Cast(reference, type, Expression.OnError.FAIL));
    }
    if (same) {
      return input.plan();
    }
    List<String> names = schema.fields().stream().map(Field::name).toList();
    return context.estimatedAsInput(
        new PhysicalPlan.Project(context.nextId(), input.plan(), expressions, names));
  }

  private Planned values(Values values, ImmutableBitSet needed) {
    Schema all = RelTypes.toEngine(values.getRowType().getFieldNames(), values.getRowType());
    Map<Integer, Integer> columns = new HashMap<>();
    for (int i : needed) {
      columns.put(i, columns.size());
    }
    var rows = new ArrayList<List<Expression.Literal>>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      rows.add(needed.toList().stream().map(i -> literal(tuple.get(i), all.type(i))).toList());
    }
    var plan = new PhysicalPlan.Values(context.nextId(), all.select(needed.toList()), rows);
    return new Planned(context.estimated(plan, values, columns), columns);
  }

  private static Expression.Literal literal(RexLiteral literal, DataType type) {
    return literal.isNull() ? new Expression.Literal(null, type) : Literals.toEngine(literal, type);
  }
}
