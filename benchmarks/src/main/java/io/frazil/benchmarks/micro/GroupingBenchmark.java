package io.frazil.benchmarks.micro;

import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.aggregate.HashAggregation;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import io.frazil.engine.vector.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// `SELECT keys, sum(value) GROUP BY keys` on one thread, from the first batch to the last group.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(GroupingBenchmark.TOTAL)
public class GroupingBenchmark {
  static final int TOTAL = 1 << 20;

  @Param private KeyKind kind = KeyKind.LONG;

  @Param({"100", "100000", "1000000"})
  private int groups;

  private KeyColumns keys = new KeyColumns(KeyKind.LONG);
  private final List<Batch> batches = new ArrayList<>();

  @Setup
  public void make() {
    keys = new KeyColumns(kind);
    var random = Data.random();
    for (int from = 0; from < TOTAL; from += Data.ROWS) {
      int[] numbers = random.ints(Data.ROWS, 0, groups).toArray();
      Vector[] columns = Arrays.copyOf(keys.vectors(numbers, groups), keys.width() + 1);
      columns[keys.width()] = new LongVector(Types.BIGINT, Data.longs(0, 1000), Data.ROWS, null);
      batches.add(Batch.of(Data.ROWS, columns));
    }
  }

  @Benchmark
  public long grouped() {
    var context = Tasks.context();
    var fields = new ArrayList<Field>(keys.schema().fields());
    fields.add(new Field("value", Types.BIGINT, false));
    List<DataType> argument = List.of(Types.BIGINT);
    var sum = context.functions().requireAggregate("sum").resolve(argument).orElseThrow();
    var call =
        new AggregateCall(
            "sum",
            List.of(keys.width()),
            null,
            "sum",
            sum.result(),
            sum.nullable(),
            sum.state(),
            argument);
    List<Integer> leading = Tasks.leading(keys.width());
    var input = new StageInput(0, 0, new Schema(fields));
    var node = new HashAggregate(1, input, leading, List.of(call), Phase.SINGLE);
    var aggregation = new HashAggregation(node, context);
    try (Sink sink = aggregation.sink()) {
      Tasks.fill(sink, batches);
      try (BatchReader reader = aggregation.output().open()) {
        return Tasks.drain(reader);
      }
    }
  }

  /// By the first key alone, as an object.
  @Benchmark
  public int plainHashMap() {
    Map<@Nullable Object, long[]> sums = new HashMap<>();
    for (Batch batch : batches) {
      long[] values = ((LongVector) batch.column(keys.width())).values();
      for (int i = 0; i < batch.rows(); i++) {
        Object key = VectorValues.value(batch.column(0), i);
        sums.computeIfAbsent(key, _ -> new long[1])[0] += values[i];
      }
    }
    return sums.size();
  }
}
