package io.frazil.engine.plan;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be computed, as a tree of records. Any plan runs on one node; exchanges only say
/// where it may be cut into stages.
///
/// Each node has an `id` unique in its query, by which metrics, errors, runtime filters and splits
/// refer to it. Columns are positions in the input's schema; the positions of a join's condition
/// count the left input's columns first, then the right's.
public sealed interface PhysicalPlan {
  int id();

  /// The columns that come out.
  Schema schema();

  /// The nodes that it reads from, in order.
  List<PhysicalPlan> inputs();

  /// The same node over other inputs of the same schemas.
  PhysicalPlan withInputs(List<PhysicalPlan> inputs);

  /// Reads a table's splits.
  ///
  /// @param columns what is read from the files
  /// @param filters conjuncts over `columns`, all of which a row passes that comes out; sources may
  ///   prune by them, the scan evaluates them
  /// @param outputs which of `columns` come out
  /// @param limit how many rows suffice, or null; the scan may give more
  record TableScan(
      int id,
      TableReference table,
      List<ScanColumn> columns,
      List<Expression> filters,
      List<Integer> outputs,
      @Nullable Long limit,
      List<RuntimeFilterTarget> runtimeFilters)
      implements PhysicalPlan {
    public TableScan {
      columns = List.copyOf(columns);
      filters = List.copyOf(filters);
      outputs = List.copyOf(outputs);
      runtimeFilters = List.copyOf(runtimeFilters);
    }

    @Override
    public Schema schema() {
      return new Schema(outputs.stream().map(i -> columns.get(i).field()).toList());
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }

    @Override
    public TableScan withInputs(List<PhysicalPlan> inputs) {
      return this;
    }
  }

  /// Constant rows; every row has a literal a column.
  record Values(int id, Schema schema, List<List<Expression.Literal>> rows)
      implements PhysicalPlan {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }

    @Override
    public Values withInputs(List<PhysicalPlan> inputs) {
      return this;
    }
  }

  /// Keeps the rows for which `predicate` is true.
  record Filter(int id, PhysicalPlan input, Expression predicate) implements PhysicalPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Filter withInputs(List<PhysicalPlan> inputs) {
      return new Filter(id, inputs.getFirst(), predicate);
    }
  }

  /// Computes `expressions`, one output column each, named `names`.
  record Project(int id, PhysicalPlan input, List<Expression> expressions, List<String> names)
      implements PhysicalPlan {
    public Project {
      expressions = List.copyOf(expressions);
      names = List.copyOf(names);
    }

    @Override
    public Schema schema() {
      var fields = new ArrayList<Field>();
      for (int i = 0; i < names.size(); i++) {
        Expression e = expressions.get(i);
        fields.add(new Field(names.get(i), e.type(), e.nullable()));
      }
      return new Schema(fields);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Project withInputs(List<PhysicalPlan> inputs) {
      return new Project(id, inputs.getFirst(), expressions, names);
    }
  }

  /// Groups by `keys` (nulls are one group) and aggregates; without keys there is exactly one
  /// group. Comes out: the keys, then the aggregates (in phase PARTIAL their states).
  record HashAggregate(
      int id, PhysicalPlan input, List<Integer> keys, List<AggregateCall> aggregates, Phase phase)
      implements PhysicalPlan {
    public HashAggregate {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public Schema schema() {
      var fields = new ArrayList<Field>(input.schema().select(keys).fields());
      for (AggregateCall call : aggregates) {
        fields.addAll(phase == Phase.PARTIAL ? call.state() : List.of(call.field()));
      }
      return new Schema(fields);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public HashAggregate withInputs(List<PhysicalPlan> inputs) {
      return new HashAggregate(id, inputs.getFirst(), keys, aggregates, phase);
    }
  }

  /// Where an aggregate stands between its input rows and its result.
  enum Phase {
    /// Rows in, results out.
    SINGLE,
    /// Rows in, states out.
    PARTIAL,
    /// States in (keys first, then each call's state columns in order), results out.
    FINAL
  }

  /// Joins rows whose keys are equal (null equals nothing) and for which `condition` is true. The
  /// right input is built into a table, the left one probes it.
  ///
  /// @param condition over left then right columns, or null
  /// @param outputs which of left then right columns come out; of a semi or anti join only those of
  ///   the side that it keeps
  /// @param runtimeFilters what the build side tells scans below the probe side
  record HashJoin(
      int id,
      PhysicalPlan left,
      PhysicalPlan right,
      JoinType type,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      @Nullable Expression condition,
      List<Integer> outputs,
      List<RuntimeFilterSource> runtimeFilters)
      implements PhysicalPlan {
    public HashJoin {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
      outputs = List.copyOf(outputs);
      runtimeFilters = List.copyOf(runtimeFilters);
    }

    @Override
    public Schema schema() {
      return type.schema(left.schema(), right.schema()).select(outputs);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(left, right);
    }

    @Override
    public HashJoin withInputs(List<PhysicalPlan> inputs) {
      return new HashJoin(
          id,
          inputs.get(0),
          inputs.get(1),
          type,
          leftKeys,
          rightKeys,
          condition,
          outputs,
          runtimeFilters);
    }
  }

  /// Joins every pair of rows for which `condition` (null: always) is true. The right input is held
  /// in memory.
  record NestedLoopJoin(
      int id,
      PhysicalPlan left,
      PhysicalPlan right,
      JoinType type,
      @Nullable Expression condition,
      List<Integer> outputs)
      implements PhysicalPlan {
    public NestedLoopJoin {
      outputs = List.copyOf(outputs);
    }

    @Override
    public Schema schema() {
      return type.schema(left.schema(), right.schema()).select(outputs);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(left, right);
    }

    @Override
    public NestedLoopJoin withInputs(List<PhysicalPlan> inputs) {
      return new NestedLoopJoin(id, inputs.get(0), inputs.get(1), type, condition, outputs);
    }
  }

  /// All rows, in order.
  record Sort(int id, PhysicalPlan input, List<SortKey> keys) implements PhysicalPlan {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Sort withInputs(List<PhysicalPlan> inputs) {
      return new Sort(id, inputs.getFirst(), keys);
    }
  }

  /// Rows `offset` to `offset + limit` of the order, in order.
  record TopN(int id, PhysicalPlan input, List<SortKey> keys, long limit, long offset)
      implements PhysicalPlan {
    public TopN {
      keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public TopN withInputs(List<PhysicalPlan> inputs) {
      return new TopN(id, inputs.getFirst(), keys, limit, offset);
    }
  }

  /// Skips `offset` rows, then passes `limit`; keeps the order of its input.
  record Limit(int id, PhysicalPlan input, long limit, long offset) implements PhysicalPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Limit withInputs(List<PhysicalPlan> inputs) {
      return new Limit(id, inputs.getFirst(), limit, offset);
    }
  }

  /// The rows of all inputs, duplicates kept. Inputs have the same types.
  record Union(int id, List<PhysicalPlan> inputs, Schema schema) implements PhysicalPlan {
    public Union {
      inputs = List.copyOf(inputs);
    }

    @Override
    public Union withInputs(List<PhysicalPlan> inputs) {
      return new Union(id, inputs, schema);
    }
  }

  /// A subplan that stands in several places of the query and runs once: equal `sharedId` means the
  /// same rows, and every occurrence carries the same input.
  record Shared(int id, int sharedId, PhysicalPlan input) implements PhysicalPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Shared withInputs(List<PhysicalPlan> inputs) {
      return new Shared(id, sharedId, inputs.getFirst());
    }
  }

  /// Where rows move between tasks. On one node it passes its input through.
  record Exchange(int id, PhysicalPlan input, Distribution distribution) implements PhysicalPlan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }

    @Override
    public Exchange withInputs(List<PhysicalPlan> inputs) {
      return new Exchange(id, inputs.getFirst(), distribution);
    }
  }

  /// What another stage wrote: an exchange as its consumer sees it once the plan is cut.
  ///
  /// @param stage the producer's number
  record StageInput(int id, int stage, Schema schema) implements PhysicalPlan {
    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }

    @Override
    public StageInput withInputs(List<PhysicalPlan> inputs) {
      return this;
    }
  }
}
