package io.frazil.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.TestTask;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HashAggregationTest {
  private static final DataType MONEY = Types.decimal(15, 2);
  private static final DataType WIDE = Types.decimal(38, 3);
  private static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          MONEY,
          WIDE,
          Types.DOUBLE,
          Types.VARCHAR,
          Types.DATE,
          Types.TIMESTAMP);
  static final List<DataType> KEY_TYPES = TYPES;

  private TaskContext context = TestTask.context(1);

  @AfterEach
  void nothingLeaks() {
    assertThat(context.memory().used()).isZero();
  }

  @ParameterizedTest
  @FieldSource("KEY_TYPES")
  void everyFunctionGroupsByEveryType(DataType key) {
    for (int domain : new int[] {1, 5, 3000}) {
      List<DataType> types = with(key);
      List<Batch> batches = new RandomColumns(domain, types, domain).batches(12, 700);
      check(types, List.of(0), batches);
    }
  }

  @Test
  void everyFunctionGroupsByTwoAndThreeKeys() {
    for (int seed = 0; seed < 5; seed++) {
      List<DataType> types = with(TYPES.get(seed % TYPES.size()));
      List<Batch> batches = new RandomColumns(seed, types, 1 + seed * 4).batches(10, 500);
      check(types, List.of(0, 1 + seed % 8), batches);
      check(types, List.of(8, 0, 3), batches);
    }
  }

  @Test
  void withoutKeysThereIsOneGroup() {
    List<DataType> types = with(Types.BIGINT);
    check(types, List.of(), new RandomColumns(5, types, 100).batches(5, 4096));
    check(types, List.of(), new RandomColumns(6, types, 1).batches(1, 1));
  }

  @Test
  void withoutRowsThereIsOneGroupOnlyWithoutKeys() {
    List<DataType> types = with(Types.BIGINT);
    check(types, List.of(), List.of());
    check(types, List.of(0), List.of());
  }

  @Test
  void manyGroupsOfSeveralDriversAreMergedByPartition() {
    List<DataType> types = List.of(Types.BIGINT, Types.VARCHAR, MONEY);
    List<Batch> batches = new RandomColumns(9, types, 60_000).batches(16, 4096);
    check(types, List.of(0), batches);
    check(types, List.of(1), batches);
    check(types, List.of(0, 1), batches);
  }

  @Test
  void groupsThatDoNotFitTheCacheAreSetAsideAndMerged() {
    List<DataType> types = List.of(Types.BIGINT, Types.INTEGER, Types.VARCHAR);
    List<Batch> batches = new RandomColumns(11, types, 1 << 30).batches(50, 4096);
    checkCounts(types, List.of(0, 1), batches);
    checkCounts(types, List.of(2), batches);
  }

  @Test
  void oneKeyOfHalfTheRowsIsOneGroupAmongManyThatWereSetAside() {
    List<DataType> types = List.of(Types.BIGINT, Types.INTEGER, Types.VARCHAR);
    List<Batch> batches = new ArrayList<>();
    List<Batch> same = new RandomColumns(12, types, 1).batches(50, 4096);
    List<Batch> other = new RandomColumns(13, types, 1 << 30).batches(50, 4096);
    for (int i = 0; i < same.size(); i++) {
      batches.add(same.get(i));
      batches.add(other.get(i));
    }
    checkCounts(types, List.of(0), batches);
  }

  @Test
  void aMillionGroups() {
    var batches = new ArrayList<Batch>();
    for (int from = 0; from < 1_200_000; from += 4000) {
      long[] keys = new long[4000];
      long[] values = new long[4000];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = (from + i) % 1_000_000 * 0x9e3779b97f4a7c15L;
        values[i] = from + i;
      }
      batches.add(
          Batch.of(
              4000,
              new LongVector(Types.BIGINT, keys, 4000, null),
              new LongVector(Types.BIGINT, values, 4000, null)));
    }
    Schema schema = schema(List.of(Types.BIGINT, Types.BIGINT));
    var node = node(schema, List.of(0), List.of(call("sum", schema, 1, null)), Phase.SINGLE);
    long groups = 0;
    long total = 0;
    for (Batch batch : run(node, batches, 3)) {
      groups += batch.rows();
      for (int i = 0; i < batch.rows(); i++) {
        total += (Long) VectorValues.value(batch.column(1), i);
      }
    }
    assertThat(groups).isEqualTo(1_000_000);
    assertThat(total).isEqualTo(1_200_000L * 1_199_999 / 2);
  }

  @Test
  void distinctIsGroupingAlone() {
    Schema schema = schema(List.of(Types.VARCHAR));
    List<Batch> batches = new RandomColumns(3, List.of(Types.VARCHAR), 50).batches(10, 1000);
    var node = node(schema, List.of(0), List.of(), Phase.SINGLE);
    assertThat(results(run(node, batches, 2), 1).keySet())
        .isEqualTo(AggregateModel.run(batches, List.of(0), List.of()).keySet());
  }

  @Test
  void groupsThatDoNotFitAreAMemoryLimit() {
    context = TestTask.context(1, 1 << 20);
    Schema schema = schema(List.of(Types.BIGINT));
    List<Batch> batches = new RandomColumns(3, List.of(Types.BIGINT), 1 << 30).batches(100, 4096);
    var node = node(schema, List.of(0), List.of(), Phase.SINGLE);
    assertThatThrownBy(() -> run(node, batches, 1))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
        .hasMessageStartingWith("hash aggregate 1 needs ");
  }

  private void check(List<DataType> types, List<Integer> keys, List<Batch> batches) {
    Schema schema = schema(types);
    List<AggregateCall> calls = calls(schema);
    var expected = AggregateModel.run(batches, keys, calls);
    for (int drivers : new int[] {1, 3}) {
      var single = node(schema, keys, calls, Phase.SINGLE);
      compare(results(run(single, batches, drivers), keys.size()), expected);
      var partial = node(schema, keys, calls, Phase.PARTIAL);
      List<Integer> leading = IntStream.range(0, keys.size()).boxed().toList();
      var last = node(partial.schema(), leading, calls, Phase.FINAL);
      List<Batch> states = new ArrayList<>(run(partial, batches, 1));
      states.addAll(run(partial, List.of(), 1));
      compare(results(run(last, states, drivers), keys.size()), expected);
    }
  }

  /// As [#check], with two plain functions alone: for many groups.
  private void checkCounts(List<DataType> types, List<Integer> keys, List<Batch> batches) {
    Schema schema = schema(types);
    List<AggregateCall> calls =
        List.of(call("count", schema, 1, null), call("max", schema, 0, null));
    var expected = AggregateModel.run(batches, keys, calls);
    var single = node(schema, keys, calls, Phase.SINGLE);
    for (int drivers : new int[] {1, 8}) {
      assertThat(results(run(single, batches, drivers), keys.size()))
          .as("by %s with %d drivers", keys, drivers)
          .isEqualTo(expected);
    }
  }

  /// Runs a node with its batches dealt to drivers in turn.
  private List<Batch> run(HashAggregate node, List<Batch> batches, int drivers) {
    var aggregation = new HashAggregation(node, context);
    var out = new ArrayList<Batch>();
    try (Sink sink = aggregation.sink()) {
      var open = new ArrayList<Sink.Driver>();
      for (int i = 0; i < drivers; i++) {
        open.add(sink.open());
      }
      for (int i = 0; i < batches.size(); i++) {
        open.get(i % drivers).accept(batches.get(i));
      }
      open.forEach(Sink.Driver::finish);
      open.forEach(Sink.Driver::close);
      sink.combine(Workers.alone());
      try (BatchReader first = aggregation.output().open();
          BatchReader second = aggregation.output().open()) {
        for (Batch b = first.next(); b != null; b = second.next()) {
          out.add(copy(b));
          Batch other = first.next();
          if (other == null) {
            break;
          }
          out.add(copy(other));
        }
        for (Batch b = second.next(); b != null; b = second.next()) {
          out.add(copy(b));
        }
      }
    }
    return out;
  }

  private static Batch copy(Batch batch) {
    Vector[] columns =
        Arrays.stream(batch.columns())
            .map(c -> Gather.copy(c, batch.selection(), batch.rows()))
            .toArray(Vector[]::new);
    return Batch.of(batch.rows(), columns);
  }

  private static Map<List<@Nullable Object>, List<@Nullable Object>> results(
      List<Batch> batches, int keys) {
    Map<List<@Nullable Object>, List<@Nullable Object>> results = new HashMap<>();
    for (Batch batch : batches) {
      for (List<@Nullable Object> row : VectorValues.rows(batch)) {
        var key = new ArrayList<@Nullable Object>();
        row.subList(0, keys).forEach(k -> key.add(AggregateModel.canonical(k)));
        assertThat(results.put(key, row.subList(keys, row.size()))).as("twice: %s", key).isNull();
      }
    }
    return results;
  }

  private static void compare(
      Map<List<@Nullable Object>, List<@Nullable Object>> actual,
      Map<List<@Nullable Object>, List<@Nullable Object>> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, values) -> {
      for (int i = 0; i < values.size(); i++) {
        Object value = actual.get(key).get(i);
        if (values.get(i) instanceof Double d && !d.isNaN()) {
          assertThat((Double) value).as("%s of %s", i, key).isCloseTo(d, within(1e-6));
        } else {
          assertThat(value).as("%s of %s", i, key).isEqualTo(values.get(i));
        }
      }
    });
  }

  /// The key first, then a column of each type.
  private static List<DataType> with(DataType key) {
    return Stream.concat(Stream.of(key), TYPES.stream()).toList();
  }

  private static Schema schema(List<DataType> types) {
    return new Schema(
        IntStream.range(0, types.size())
            .mapToObj(i -> new Field("c" + i, types.get(i), true))
            .toList());
  }

  /// Every function of every column that it takes, and some with a filter.
  private List<AggregateCall> calls(Schema schema) {
    var calls = new ArrayList<AggregateCall>();
    calls.add(
        new AggregateCall(
            "count",
            List.of(),
            null,
            "count",
            Types.BIGINT,
            false,
            List.of(new Field("count", Types.BIGINT, false))));
    int filter = schema.fields().stream().map(Field::type).toList().indexOf(Types.BOOLEAN);
    for (int i = 0; i < schema.size(); i++) {
      for (String name : List.of("count", "sum", "avg", "min", "max", "bool_and", "bool_or")) {
        if (function(name).resolve(List.of(schema.type(i))).isPresent()) {
          calls.add(call(name, schema, i, null));
          if (filter >= 0) {
            calls.add(call(name, schema, i, filter));
          }
        }
      }
    }
    return calls;
  }

  private AggregateCall call(String name, Schema schema, int argument, @Nullable Integer filter) {
    List<DataType> types = List.of(schema.type(argument));
    AggregateFunction.Signature signature = function(name).resolve(types).orElseThrow();
    return new AggregateCall(
        name,
        List.of(argument),
        filter,
        name + argument,
        signature.result(),
        signature.nullable(),
        signature.state(),
        types);
  }

  private AggregateFunction function(String name) {
    return context.functions().requireAggregate(name);
  }

  private static HashAggregate node(
      Schema input, List<Integer> keys, List<AggregateCall> calls, Phase phase) {
    return new HashAggregate(1, new StageInput(0, 0, input), keys, calls, phase);
  }
}
