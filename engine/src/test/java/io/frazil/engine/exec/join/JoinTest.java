package io.frazil.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.NoStore;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every join type against [JoinModel], over random data.
class JoinTest {
  private static final List<List<DataType>> KEYS =
      List.of(
          List.of(Types.INTEGER),
          List.of(Types.BIGINT),
          List.of(Types.DATE),
          List.of(Types.BOOLEAN),
          List.of(Types.DOUBLE),
          List.of(Types.VARCHAR),
          List.of(Types.decimal(12, 2)),
          List.of(Types.decimal(30, 2)),
          List.of(Types.INTEGER, Types.BIGINT),
          List.of(Types.BIGINT, Types.VARCHAR),
          List.of(Types.decimal(30, 2), Types.DOUBLE, Types.DATE));

  private final MemoryPool memory = new MemoryPool(1L << 30);
  private final TaskContext context = context(memory);

  private static TaskContext context(MemoryPool memory) {
    return new TaskContext(
        new NoStore(), memory, FunctionRegistry.empty(), new Cancellation(), new TaskMetrics(), 1);
  }

  @ParameterizedTest
  @EnumSource(JoinType.class)
  void keysOfAllTypesJoin(JoinType type) {
    for (List<DataType> keys : KEYS) {
      if (type == JoinType.NULL_AWARE_ANTI && keys.size() > 1) {
        continue;
      }
      for (int seed = 0; seed < 6; seed++) {
        boolean unique = seed % 3 == 0;
        boolean conditional = seed % 2 == 0 && type != JoinType.NULL_AWARE_ANTI;
        check(new Case(type, keys, seed, unique, conditional, 400, 200));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(JoinType.class)
  void eitherSideMayBeEmpty(JoinType type) {
    for (int seed = 0; seed < 4; seed++) {
      check(new Case(type, List.of(Types.BIGINT), seed, true, false, 0, 100));
      check(new Case(type, List.of(Types.VARCHAR), seed, true, false, 100, 0));
      check(new Case(type, List.of(Types.VARCHAR), seed, true, false, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(value = JoinType.class, mode = EnumSource.Mode.EXCLUDE, names = "NULL_AWARE_ANTI")
  void joinsWithoutKeysPairEveryRow(JoinType type) {
    for (int seed = 0; seed < 6; seed++) {
      for (int size : new int[] {0, 1, 30}) {
        check(new Case(type, List.of(), seed, false, seed % 2 == 0, 200, size));
      }
    }
  }

  @Test
  void theMemoryOfABuildSideIsReservedAndReleased() {
    Case c = new Case(JoinType.INNER, List.of(Types.VARCHAR), 1, false, false, 10, 1000);
    JoinBuild build = build(c);
    c.right().forEach(build.open()::accept);
    build.combine(Workers.alone());
    assertThat(memory.used()).isGreaterThan(10_000);
    build.close();
    build.close();
    assertThat(memory.used()).isZero();
  }

  @Test
  void aBuildSideBeyondTheLimitFailsAndLeavesNothing() {
    Case c = new Case(JoinType.INNER, List.of(Types.VARCHAR), 1, false, false, 10, 5000);
    MemoryPool small = new MemoryPool(100_000);
    JoinBuild build = build(c, small);
    Sink.Driver driver = build.open();
    assertThatThrownBy(() -> c.right().forEach(driver::accept))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
        .hasMessageStartingWith("hash join 3 needs ");
    driver.close();
    build.close();
    assertThat(small.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = JoinType.class,
      names = {"INNER", "RIGHT", "LEFT_SEMI", "RIGHT_SEMI"})
  void anEmptyBuildSideEndsProbingAtOnce(JoinType type) {
    JoinBuild build = build(new Case(type, List.of(Types.BIGINT), 1, true, false, 10, 0));
    build.combine(Workers.alone());
    boolean[] closed = new boolean[1];
    BatchReader input =
        new BatchReader() {
          @Override
          public @Nullable Batch next() {
            throw new AssertionError("nothing is needed");
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    assertThat(new JoinProbe(build, null).open(input).next()).isNull();
    assertThat(closed[0]).isTrue();
    build.close();
  }

  @Test
  void runtimeFiltersArePublishedWhenTheBuildSideIsComplete() {
    Case c = new Case(JoinType.INNER, List.of(Types.BIGINT), 1, true, false, 10, 100);
    PhysicalPlan input = new PhysicalPlan.Values(1, c.schema(), List.of());
    RuntimeFilters filters = new RuntimeFilters();
    JoinBuild build =
        new JoinBuild(
            new PhysicalPlan.HashJoin(
                3,
                input,
                input,
                c.type(),
                List.of(0),
                List.of(0),
                null,
                List.of(0),
                List.of(new RuntimeFilterSource(7, 0))),
            context,
            filters);
    c.right().forEach(build.open()::accept);
    assertThat(filters.find(7)).isEmpty();
    build.combine(Workers.alone());
    assertThat(filters.find(7)).isPresent();
    build.close();
    assertThat(memory.used()).isZero();
  }

  private void check(Case c) {
    for (int drivers : new int[] {1, 3, 8}) {
      List<List<@Nullable Object>> actual =
          new JoinRunner(drivers)
              .run(build(c), c.filter(), UnmatchedBuildRows.has(c.type()), c.left(), c.right());
      assertThat(sorted(actual))
          .as("%s with %d drivers", c, drivers)
          .isEqualTo(sorted(JoinModel.join(c)));
    }
    assertThat(memory.used()).isZero();
  }

  private JoinBuild build(Case c) {
    return build(c, memory);
  }

  private static JoinBuild build(Case c, MemoryPool memory) {
    TaskContext context = context(memory);
    PhysicalPlan left = new PhysicalPlan.Values(1, c.schema(), List.of());
    PhysicalPlan right = new PhysicalPlan.Values(2, c.schema(), List.of());
    List<Integer> keys = IntStream.range(0, c.keys().size()).boxed().toList();
    return keys.isEmpty()
        ? new JoinBuild(
            new PhysicalPlan.NestedLoopJoin(3, left, right, c.type(), c.condition(), c.outputs()),
            context)
        : new JoinBuild(
            new PhysicalPlan.HashJoin(
                3, left, right, c.type(), keys, keys, c.condition(), c.outputs(), List.of()),
            context,
            new RuntimeFilters());
  }

  static List<String> sorted(List<List<@Nullable Object>> rows) {
    return rows.stream().map(String::valueOf).sorted().toList();
  }

  /// Two inputs of the same schema: the keys, a number for the condition, a text.
  record Case(
      JoinType type,
      List<DataType> keys,
      long seed,
      boolean unique,
      boolean conditional,
      int leftRows,
      int rightRows) {
    private static final int LEFT_BATCH = 170;
    private static final int RIGHT_BATCH = 90;

    Schema schema() {
      List<Field> fields = new ArrayList<>();
      keys.forEach(type -> fields.add(new Field("key", type, true)));
      fields.add(new Field("number", Types.BIGINT, true));
      fields.add(new Field("text", Types.VARCHAR, true));
      return new Schema(fields);
    }

    int width() {
      return keys.size() + 2;
    }

    /// All columns of the sides that the type keeps, the right ones first; never all keys.
    List<Integer> outputs() {
      List<Integer> outputs = new ArrayList<>();
      if (type.keepsRight()) {
        IntStream.range(1, width()).forEach(c -> outputs.add(width() + c));
      }
      if (type.keepsLeft()) {
        IntStream.range(0, width()).forEach(outputs::add);
      }
      return outputs;
    }

    @Nullable Expression condition() {
      int number = keys.size();
      return conditional
          ? new Expression.Comparison(
              ComparisonOperator.LESS,
              new Expression.Column(number, "number", Types.BIGINT, true),
              new Expression.Column(width() + number, "number", Types.BIGINT, true))
          : null;
    }

    @Nullable Supplier<UnaryOperator<Batch>> filter() {
      return conditional ? () -> this::keepLess : null;
    }

    private Batch keepLess(Batch pairs) {
      int[] live = pairs.selection();
      int[] kept = new int[pairs.rows()];
      int count = 0;
      for (int i = 0; i < pairs.rows(); i++) {
        int position = live == null ? i : live[i];
        Object left = RandomVectors.value(pairs.column(keys.size()), position);
        Object right = RandomVectors.value(pairs.column(width() + keys.size()), position);
        if (left != null && right != null && (long) left < (long) right) {
          kept[count++] = position;
        }
      }
      return pairs.select(kept, count);
    }

    List<Batch> left() {
      return batches(new RandomVectors(seed * 31 + 1), leftRows, LEFT_BATCH);
    }

    List<Batch> right() {
      List<Batch> batches = batches(new RandomVectors(seed * 31 + 2), rightRows, RIGHT_BATCH);
      return unique ? JoinModel.distinct(batches, keys.size()) : batches;
    }

    private List<Batch> batches(RandomVectors vectors, int rows, int most) {
      List<Batch> batches = new ArrayList<>();
      for (int left = rows; left > 0; left -= most) {
        int length = Math.min(left, most);
        List<Vector> columns = new ArrayList<>();
        for (Field field : schema().fields()) {
          columns.add(spread(vectors.any(field.type(), length, seed % 4 == 3 ? 3000 : 40)));
        }
        Batch batch = Batch.of(length, columns);
        int[] some =
            IntStream.range(0, length).filter(i -> vectors.random().nextInt(3) > 0).toArray();
        batches.add(vectors.random().nextBoolean() ? batch : batch.select(some, some.length));
      }
      return batches;
    }

    /// Some seeds have integers too far apart for an array, or for 32 bits.
    private Vector spread(Vector vector) {
      long distance = seed == 4 ? 1_000_003 : seed == 5 ? 1L << 40 : 1;
      Vector values = vector instanceof DictionaryVector v ? v.dictionary() : vector;
      if (values instanceof LongVector longs && values.type() == Types.BIGINT) {
        for (int i = 0; i < longs.length(); i++) {
          longs.values()[i] *= distance;
        }
      }
      return vector;
    }

    boolean matches(List<@Nullable Object> left, List<@Nullable Object> right) {
      for (int k = 0; k < keys.size(); k++) {
        Object l = JoinModel.canonical(left.get(k));
        if (l == null || !Objects.equals(l, JoinModel.canonical(right.get(k)))) {
          return false;
        }
      }
      Object l = left.get(keys.size());
      Object r = right.get(keys.size());
      return !conditional || (l != null && r != null && (long) l < (long) r);
    }
  }
}
