package io.frazil.sql.physical;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.sql.bind.RelTypes;
import io.frazil.sql.translate.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Grouping: all keys, the aggregates that are needed, over an input whose arguments are columns of
/// the types that the functions take.
final class AggregatePlanner {
  private final Context context;
  private final TreePlanner trees;

  AggregatePlanner(Context context, TreePlanner trees) {
    this.context = context;
    this.trees = trees;
  }

  Planned plan(Aggregate aggregate, ImmutableBitSet needed) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw TreePlanner.unsupported("GROUPING SETS, ROLLUP and CUBE are not supported yet");
    }
    int keyCount = aggregate.getGroupCount();
    var calls = new ArrayList<Integer>();
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      if (needed.get(keyCount + i)) {
        calls.add(i);
      }
    }
    ImmutableBitSet.Builder used = aggregate.getGroupSet().rebuild();
    for (int i : calls) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      call.getArgList().forEach(used::set);
      if (call.filterArg >= 0) {
        used.set(call.filterArg);
      }
    }
    var arguments = new Arguments(context, trees.plan(aggregate.getInput(), used.build()));
    var planned = new ArrayList<io.frazil.engine.plan.AggregateCall>();
    for (int i : calls) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      if (call.getAggregation().getKind() != SqlKind.LITERAL_AGG) {
        planned.add(call(call, arguments));
      }
    }
    List<Integer> keys = arguments.input().columns(aggregate.getGroupSet().toList());
    var plan =
        new PhysicalPlan.HashAggregate(
            context.nextId(), arguments.plan(), keys, planned, PhysicalPlan.Phase.SINGLE);
    Map<Integer, Integer> columns = new HashMap<>();
    for (int key = 0; key < keyCount; key++) {
      columns.put(key, key);
    }
    return finish(aggregate, context.estimated(plan, aggregate, columns), calls);
  }

  private io.frazil.engine.plan.AggregateCall call(AggregateCall call, Arguments arguments) {
    SqlKind kind = call.getAggregation().getKind();
    boolean idempotent = kind == SqlKind.MIN || kind == SqlKind.MAX;
    if (call.isDistinct() && !idempotent) {
      throw TreePlanner.unsupported("DISTINCT in this combination of aggregates is not supported");
    }
    String name = name(call);
    boolean several = kind == SqlKind.COUNT && call.getArgList().size() > 1;
    int counted = several ? arguments.present(call.getArgList()) : -1;
    AggregateFunction function = context.functions().requireAggregate(name);
    List<DataType> types =
        counted < 0
            ? call.getArgList().stream().map(arguments::type).toList()
            : List.of(Types.BOOLEAN);
    AggregateFunction.Signature signature =
        function.resolve(types).orElseThrow(() -> mismatch(name, types));
    var columns = new ArrayList<Integer>();
    if (counted >= 0) {
      columns.add(counted);
    }
    for (int i = 0; counted < 0 && i < call.getArgList().size(); i++) {
      columns.add(arguments.column(call.getArgList().get(i), signature.arguments().get(i)));
    }
    Integer filter = call.filterArg < 0 ? null : arguments.input().column(call.filterArg);
    String label = call.getName() == null ? name : call.getName();
    return new io.frazil.engine.plan.AggregateCall(
        name, columns, filter, label, signature.result(), signature.nullable(), signature.state());
  }

  private static FrazilException mismatch(String name, List<DataType> types) {
    return new FrazilException(
        ErrorCode.TYPE_MISMATCH,
        "Aggregate '%s' cannot be applied to (%s)"
            .formatted(name, String.join(", ", types.stream().map(DataType::text).toList())));
  }

  private static String name(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.SUM0
        ? "sum"
        : call.getAggregation().getName().toLowerCase(Locale.ROOT);
  }

  /// What Calcite's aggregates give and ours do not: `$SUM0`, constants per group, and results of
  /// another type, in a projection above.
  private Planned finish(
      Aggregate aggregate, PhysicalPlan.HashAggregate plan, List<Integer> calls) {
    int keyCount = aggregate.getGroupCount();
    var expressions = new ArrayList<Expression>();
    var columns = new HashMap<Integer, Integer>();
    boolean plain = true;
    for (int i = 0; i < keyCount; i++) {
      columns.put(i, i);
      expressions.add(Planned.reference(plan, i));
    }
    int next = keyCount;
    for (int i : calls) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      columns.put(keyCount + i, expressions.size());
      DataType type = RelTypes.toEngine(call.getType());
      if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
        expressions.add(Literals.toEngine((RexLiteral) call.rexList.getFirst()));
        plain = false;
        continue;
      }
      Expression result = Planned.reference(plan, next++);
      Expression wanted = wanted(call, result, type);
      plain &= wanted == result;
      expressions.add(wanted);
    }
    if (plain) {
      return new Planned(plan, columns);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < keyCount; i++) {
      names.add(plan.schema().field(i).name());
    }
    calls.forEach(i -> names.add(aggregate.getRowType().getFieldNames().get(keyCount + i)));
    var project = new PhysicalPlan.Project(context.nextId(), plan, expressions, names);
    return new Planned(context.estimatedAsInput(project), columns);
  }

  private static Expression wanted(AggregateCall call, Expression result, DataType type) {
    Expression cast =
        result.type().equals(type)
            ? result
            : new Expression.Cast(result, type, Expression.OnError.FAIL);
    if (call.getAggregation().getKind() != SqlKind.SUM0) {
      return cast;
    }
    return new Expression.Coalesce(List.of(cast, zero(type)));
  }

  private static Expression.Literal zero(DataType type) {
    Object zero =
        switch (type) {
          case DataType.Simple.REAL, DataType.Simple.DOUBLE -> 0.0;
          case DataType.Decimal(int _, int scale) -> java.math.BigDecimal.ZERO.setScale(scale);
          default -> 0L;
        };
    return new Expression.Literal(zero, type);
  }

  /// The aggregate's input, with arguments of other types appended as they are asked for.
  private static final class Arguments {
    private final Context context;
    private final Planned input;
    private final List<Expression> expressions = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Arguments(Context context, Planned input) {
      this.context = context;
      this.input = input;
      List<Field> fields = input.plan().schema().fields();
      for (int i = 0; i < fields.size(); i++) {
        expressions.add(Planned.reference(input.plan(), i));
        names.add(fields.get(i).name());
      }
    }

    Planned input() {
      return input;
    }

    DataType type(int relational) {
      return input.reference(relational).type();
    }

    int column(int relational, DataType type) {
      Expression reference = input.reference(relational);
      return reference.type().equals(type)
          ? input.column(relational)
          : column(
              new Expression.Cast(reference, type, Expression.OnError.FAIL),
              names.get(input.column(relational)));
    }

    /// A column that is null where any of these is: `count(a, b)` counts rows without nulls.
    int present(List<Integer> relational) {
      List<Expression> conditions =
          relational.stream()
              .<Expression>map(i -> new Expression.Not(new Expression.IsNull(input.reference(i))))
              .toList();
      return column(
          new Expression.Case(
              List.of(
                  new Expression.Branch(
                      new Expression.And(conditions), new Expression.Literal(true, Types.BOOLEAN))),
              new Expression.Literal(null, Types.BOOLEAN),
              Types.BOOLEAN),
          "present");
    }

    private int column(Expression expression, String name) {
      int known = expressions.indexOf(expression);
      if (known < 0) {
        known = expressions.size();
        expressions.add(expression);
        names.add(name);
      }
      return known;
    }

    PhysicalPlan plan() {
      return expressions.size() == input.plan().schema().size()
          ? input.plan()
          : context.estimatedAsInput(
              new PhysicalPlan.Project(context.nextId(), input.plan(), expressions, names));
    }
  }
}
