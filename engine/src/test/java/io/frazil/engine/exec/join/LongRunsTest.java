package io.frazil.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.exec.NoStore;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.RandomVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Joins whose keys have about as many build rows as a batch has room for, or more, so that the
/// pairs of one left row come in several batches.
class LongRunsTest {
  private static final int KEYS = 5;
  private static final int NUMBERS = 6;
  private static final Schema SCHEMA =
      new Schema(
          List.of(new Field("key", Types.BIGINT, true), new Field("number", Types.BIGINT, true)));

  private final MemoryPool memory = new MemoryPool(1L << 30);

  /// A row of either side.
  private record Row(long key, long number) {}

  @ParameterizedTest
  @EnumSource(JoinType.class)
  void runsOfAboutABatchJoin(JoinType type) {
    for (int seed = 0; seed < 2; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      check(type, Keys.EQUAL, Condition.NONE, left(random), right(random), seed);
    }
  }

  @ParameterizedTest
  @EnumSource(value = JoinType.class, mode = EnumSource.Mode.EXCLUDE, names = "NULL_AWARE_ANTI")
  void runsOfAboutABatchJoinUnderACondition(JoinType type) {
    for (int seed = 0; seed < 2; seed++) {
      SplittableRandom random = new SplittableRandom(seed + 100);
      check(type, Keys.EQUAL, Condition.LESS, left(random), right(random), seed);
    }
  }

  /// All build rows are one run.
  @ParameterizedTest
  @EnumSource(value = JoinType.class, mode = EnumSource.Mode.EXCLUDE, names = "NULL_AWARE_ANTI")
  void moreThanABatchOfRowsJoinWithoutKeys(JoinType type) {
    for (Condition condition : Condition.values()) {
      for (int size : new int[] {Batch.MAX_ROWS - 1, Batch.MAX_ROWS + 1, 9_000}) {
        SplittableRandom random = new SplittableRandom(size);
        List<Row> right = rows(random, 0, size);
        check(type, Keys.NONE, condition, rows(random, 0, 3), right, size);
      }
    }
  }

  private static List<Row> left(SplittableRandom random) {
    List<Row> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      rows.addAll(rows(random, key, random.nextInt(3)));
    }
    return rows;
  }

  private static List<Row> right(SplittableRandom random) {
    List<Row> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      int around = Batch.MAX_ROWS - 2 + random.nextInt(5);
      rows.addAll(rows(random, key, random.nextBoolean() ? around : random.nextInt(10_000)));
    }
    return rows;
  }

  private static List<Row> rows(SplittableRandom random, int key, int count) {
    return IntStream.range(0, count).mapToObj(_ -> new Row(key, random.nextInt(NUMBERS))).toList();
  }

  private void check(
      JoinType type, Keys keys, Condition condition, List<Row> left, List<Row> right, int seed) {
    List<String> expected = JoinTest.sorted(model(type, keys, condition, left, right));
    for (int drivers : new int[] {1, 3}) {
      List<List<@Nullable Object>> actual =
          new JoinRunner(drivers)
              .run(
                  build(type, keys, condition),
                  condition.filter(),
                  UnmatchedBuildRows.has(type),
                  batches(left),
                  batches(right));
      assertThat(JoinTest.sorted(actual).equals(expected))
          .as(
              "%s, seed %d, %d drivers: %d rows of %d",
              type, seed, drivers, actual.size(), expected.size())
          .isTrue();
    }
    assertThat(memory.used()).isZero();
  }

  private static List<List<@Nullable Object>> model(
      JoinType type, Keys keys, Condition condition, List<Row> left, List<Row> right) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    boolean[] isRightMatched = new boolean[right.size()];
    boolean givesPairs = type.keepsLeft() && type.keepsRight();
    for (Row l : left) {
      boolean isMatched = false;
      for (int r = 0; r < right.size(); r++) {
        Row other = right.get(r);
        if (keys.match(l, other) && condition.holds(l, other)) {
          isMatched = true;
          isRightMatched[r] = true;
          if (givesPairs) {
            out.add(List.of(l.key, l.number, other.key, other.number));
          }
        }
      }
      if (keepsLeft(type, isMatched)) {
        out.add(padded(l, null, givesPairs));
      }
    }
    for (int r = 0; r < right.size(); r++) {
      if (keepsRight(type, isRightMatched[r])) {
        out.add(padded(null, right.get(r), givesPairs));
      }
    }
    return out;
  }

  private static boolean keepsLeft(JoinType type, boolean isMatched) {
    return switch (type) {
      case LEFT, FULL, LEFT_ANTI, NULL_AWARE_ANTI -> !isMatched;
      case LEFT_SEMI -> isMatched;
      case INNER, RIGHT, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  private static boolean keepsRight(JoinType type, boolean isMatched) {
    return switch (type) {
      case RIGHT, FULL, RIGHT_ANTI -> !isMatched;
      case RIGHT_SEMI -> isMatched;
      case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static List<@Nullable Object> padded(
      @Nullable Row left, @Nullable Row right, boolean givesPairs) {
    List<@Nullable Object> row = new ArrayList<>();
    if (left != null || givesPairs) {
      row.add(left == null ? null : left.key);
      row.add(left == null ? null : left.number);
    }
    if (right != null || givesPairs) {
      row.add(right == null ? null : right.key);
      row.add(right == null ? null : right.number);
    }
    return row;
  }

  private JoinBuild build(JoinType type, Keys keys, Condition condition) {
    TaskContext context =
        new TaskContext(
            new NoStore(),
            memory,
            FunctionRegistry.empty(),
            new Cancellation(),
            new TaskMetrics(),
            1);
    PhysicalPlan left = new PhysicalPlan.Values(1, SCHEMA, List.of());
    PhysicalPlan right = new PhysicalPlan.Values(2, SCHEMA, List.of());
    List<Integer> outputs =
        IntStream.range(type.keepsLeft() ? 0 : 2, type.keepsRight() ? 4 : 2).boxed().toList();
    Expression on = condition.expression();
    return switch (keys) {
      case NONE ->
          new JoinBuild(
              new PhysicalPlan.NestedLoopJoin(3, left, right, type, on, outputs), context);
      case EQUAL ->
          new JoinBuild(
              new PhysicalPlan.HashJoin(
                  3, left, right, type, List.of(0), List.of(0), on, outputs, List.of()),
              context,
              new RuntimeFilters());
    };
  }

  private static List<Batch> batches(List<Row> rows) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 1000) {
      List<Row> part = rows.subList(from, Math.min(rows.size(), from + 1000));
      long[] keys = part.stream().mapToLong(Row::key).toArray();
      long[] numbers = part.stream().mapToLong(Row::number).toArray();
      batches.add(
          Batch.of(
              part.size(),
              List.of(
                  new LongVector(Types.BIGINT, keys, keys.length, null),
                  new LongVector(Types.BIGINT, numbers, numbers.length, null))));
    }
    return batches;
  }

  private enum Keys {
    NONE,
    EQUAL;

    boolean match(Row left, Row right) {
      return this == NONE || left.key == right.key;
    }
  }

  /// What must hold of a pair besides its keys.
  private enum Condition {
    NONE,
    LESS;

    boolean holds(Row left, Row right) {
      return this == NONE || left.number < right.number;
    }

    @Nullable Expression expression() {
      return this == NONE
          ? null
          : new Expression.Comparison(
              ComparisonOperator.LESS,
              new Expression.Column(1, "number", Types.BIGINT, true),
              new Expression.Column(3, "number", Types.BIGINT, true));
    }

    @Nullable Supplier<UnaryOperator<Batch>> filter() {
      return this == NONE ? null : () -> Condition::keepLess;
    }

    private static Batch keepLess(Batch pairs) {
      int[] kept =
          IntStream.range(0, pairs.rows())
              .filter(p -> number(pairs, 1, p) < number(pairs, 3, p))
              .toArray();
      return pairs.select(kept, kept.length);
    }

    private static long number(Batch pairs, int column, int position) {
      return (long) Objects.requireNonNull(RandomVectors.value(pairs.column(column), position));
    }
  }
}
