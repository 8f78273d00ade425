package io.frazil.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.exec.TestTask;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Build sides of which several threads insert at the same time, in every table.
class ParallelBuildTest {
  private static final int RIGHT_BATCHES = 50;
  private static final int LEFT_BATCHES = 3;
  private static final int BATCH_ROWS = 4000;

  private final TaskContext context = TestTask.context(8);

  @Test
  void keysInAnArray() {
    checkLongs(key -> key);
  }

  @Test
  void keysBelowFourBillion() {
    checkLongs(key -> key * 20_011);
  }

  @Test
  void keysFarApart() {
    checkLongs(key -> key * 1_000_000_007L * 1_009);
  }

  @Test
  void keysOfText() {
    check(Types.VARCHAR, key -> key, 70_000);
    check(Types.VARCHAR, key -> key < 35_000 ? 1 : key, 70_000);
  }

  private void checkLongs(LongUnaryOperator spread) {
    check(Types.BIGINT, spread, 70_000);
    check(Types.BIGINT, spread, 3);
    // One key has half of the rows.
    check(Types.BIGINT, key -> spread.applyAsLong(key < 35_000 ? 1 : key), 70_000);
  }

  private void check(DataType type, LongUnaryOperator spread, int domain) {
    var random = new SplittableRandom(domain);
    List<Batch> right = batches(random, type, spread, domain, RIGHT_BATCHES);
    List<Batch> left = batches(random, type, spread, 2 * domain, LEFT_BATCHES);
    Map<@Nullable Object, Integer> rightRows = counts(right);
    List<List<@Nullable Object>> wanted = new ArrayList<>();
    left.forEach(b -> wanted.addAll(JoinRunner.rows(b)));
    for (int drivers : new int[] {1, 3, 8}) {
      for (JoinType joinType : List.of(JoinType.LEFT_SEMI, JoinType.LEFT_ANTI)) {
        boolean isSemi = joinType == JoinType.LEFT_SEMI;
        List<List<@Nullable Object>> rows = run(joinType, type, left, right, drivers);
        assertThat(JoinTest.sorted(rows))
            .as("%s of %s by %d drivers", joinType, type, drivers)
            .isEqualTo(
                JoinTest.sorted(
                    wanted.stream()
                        .filter(row -> rightRows.containsKey(row.getFirst()) == isSemi)
                        .toList()));
      }
    }
    checkPairs(type, left.subList(0, 1), right, rightRows);
  }

  /// As many rows as pairs for each key, and each right row once a left one: it brings its number.
  private void checkPairs(
      DataType type, List<Batch> left, List<Batch> right, Map<@Nullable Object, Integer> counts) {
    List<Batch> few = List.of(left.getFirst().select(new int[] {0, 1, 2, 3, 4, 5}, 6));
    List<List<@Nullable Object>> rows = run(JoinType.INNER, type, few, right, 8);
    for (List<@Nullable Object> row : JoinRunner.rows(few.getFirst())) {
      List<@Nullable Object> matches =
          rows.stream()
              .filter(r -> r.get(1).equals(row.get(1)))
              .<@Nullable Object>map(r -> r.get(3))
              .distinct()
              .toList();
      assertThat(matches).hasSize(counts.getOrDefault(row.getFirst(), 0));
    }
    assertThat(rows).allMatch(row -> row.get(0).equals(row.get(2)));
  }

  private List<List<@Nullable Object>> run(
      JoinType joinType, DataType type, List<Batch> left, List<Batch> right, int drivers) {
    Schema schema =
        new Schema(List.of(new Field("key", type, true), new Field("row", Types.BIGINT, true)));
    PhysicalPlan input = new PhysicalPlan.Values(1, schema, List.of());
    List<Integer> outputs = joinType == JoinType.INNER ? List.of(0, 1, 2, 3) : List.of(0, 1);
    var join =
        new PhysicalPlan.HashJoin(
            3, input, input, joinType, List.of(0), List.of(0), null, outputs, List.of());
    var build = new JoinBuild(join, context, new RuntimeFilters());
    List<List<@Nullable Object>> rows =
        new JoinRunner(drivers).run(build, null, false, left, right);
    assertThat(context.memory().used()).isZero();
    return rows;
  }

  private static Map<@Nullable Object, Integer> counts(List<Batch> batches) {
    Map<@Nullable Object, Integer> counts = new HashMap<>();
    for (Batch batch : batches) {
      JoinRunner.rows(batch).forEach(row -> counts.merge(row.getFirst(), 1, Integer::sum));
    }
    return counts;
  }

  private static List<Batch> batches(
      SplittableRandom random, DataType type, LongUnaryOperator spread, int domain, int count) {
    List<Batch> batches = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      long[] keys = new long[BATCH_ROWS];
      long[] rows = new long[BATCH_ROWS];
      for (int i = 0; i < BATCH_ROWS; i++) {
        keys[i] = spread.applyAsLong(random.nextInt(domain));
        rows[i] = (long) b * BATCH_ROWS + i;
      }
      Vector key =
          type == Types.VARCHAR ? text(keys) : new LongVector(type, keys, BATCH_ROWS, null);
      batches.add(Batch.of(BATCH_ROWS, key, new LongVector(Types.BIGINT, rows, BATCH_ROWS, null)));
    }
    return batches;
  }

  private static StringVector text(long[] keys) {
    int[] starts = new int[keys.length];
    int[] lengths = new int[keys.length];
    var all = new StringBuilder();
    for (int i = 0; i < keys.length; i++) {
      starts[i] = all.length();
      all.append("key ").append(keys[i]);
      lengths[i] = all.length() - starts[i];
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return new StringVector(Types.VARCHAR, bytes, starts, lengths, keys.length, null);
  }
}
