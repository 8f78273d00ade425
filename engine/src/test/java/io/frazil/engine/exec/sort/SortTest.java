package io.frazil.engine.exec.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.exec.NoStore;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortTest {
  private static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.INTEGER,
          Types.DATE,
          Types.BIGINT,
          Types.DOUBLE,
          Types.VARCHAR,
          Types.TIMESTAMP,
          Types.decimal(12, 2),
          Types.decimal(30, 4));

  private final MemoryPool memory = new MemoryPool(1L << 30);
  private final TaskContext context =
      new TaskContext(
          new NoStore(),
          memory,
          FunctionRegistry.empty(),
          new Cancellation(),
          new TaskMetrics(),
          1);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rowsOfAllTypesComeInOrder(int drivers) {
    for (int seed = 0; seed < 40; seed++) {
      Input input = new Input(seed, 1 + seed % 3, 800);
      List<List<@Nullable Object>> actual = sort(input, drivers);
      assertThat(keysOf(input, actual))
          .as("seed %d, %s", seed, input.keys)
          .isEqualTo(keysOf(input, input.sorted()));
      assertThat(asText(actual)).as("seed %d", seed).isEqualTo(asText(input.rows()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void topRowsAreTheFirstOfTheSortedOnes(int drivers) {
    for (int seed = 0; seed < 100; seed += 10) {
      Input input = new Input(seed, 1 + seed % 3, 9000);
      Random random = new Random(seed);
      int limit = seed % 3 == 0 ? random.nextInt(11_000) : random.nextInt(50);
      int offset = random.nextBoolean() ? 0 : random.nextInt(100);
      List<List<@Nullable Object>> sorted = input.sorted();
      List<List<@Nullable Object>> expected =
          sorted.subList(Math.min(sorted.size(), offset), Math.min(sorted.size(), offset + limit));
      assertThat(keysOf(input, top(input, drivers, limit, offset)))
          .as("seed %d, limit %d, offset %d, %s", seed, limit, offset, input.keys)
          .isEqualTo(keysOf(input, expected));
    }
  }

  @Test
  void longTextWithCommonBeginningsIsOrderedByItsBytes() {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int number = random.nextInt(1000);
      texts.add("a common beginning " + (i % 7 == 0 ? "" : number) + "\0".repeat(number % 3));
    }
    StringVector vector = RandomVectors.text(Types.VARCHAR, texts);
    SortKey key = new SortKey(0, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST);
    int[] order = RowSorter.sort(List.of(key), new Vector[] {vector}, 3000);
    assertThat(IntStream.of(order).mapToObj(texts::get).toList())
        .isEqualTo(texts.stream().sorted().toList());
  }

  @Test
  void anEmptyInputGivesNothing() {
    for (int drivers = 0; drivers < 2; drivers++) {
      assertThat(sort(new Input(1, 1, 0), drivers)).isEmpty();
      assertThat(top(new Input(1, 1, 0), drivers, 10, 0)).isEmpty();
    }
  }

  @Test
  void aSecondReaderFindsNothing() {
    Input input = new Input(4, 1, 100);
    SortSink sink = new SortSink(input.plan(), context);
    feed(sink, input, 1);
    SortedSource source = new SortedSource(sink);
    assertThat(source.maxReaders()).isEqualTo(1);
    BatchReader first = source.open();
    assertThat(source.open().next()).isNull();
    assertThat(first.next()).isNotNull();
    sink.close();
  }

  private List<List<@Nullable Object>> sort(Input input, int drivers) {
    SortSink sink = new SortSink(input.plan(), context);
    feed(sink, input, drivers);
    return drain(sink, new SortedSource(sink));
  }

  private List<List<@Nullable Object>> top(Input input, int drivers, int limit, int offset) {
    PhysicalPlan.Sort sort = input.plan();
    TopNSink sink =
        new TopNSink(new PhysicalPlan.TopN(2, sort.input(), sort.keys(), limit, offset), context);
    feed(sink, input, drivers);
    return drain(sink, new SortedSource(sink));
  }

  /// Gives the batches to the drivers in turn.
  private static void feed(Sink sink, Input input, int drivers) {
    List<Sink.Driver> open = new ArrayList<>();
    for (int i = 0; i < drivers; i++) {
      open.add(sink.open());
    }
    for (int i = 0; i < input.batches.size(); i++) {
      open.get(i % drivers).accept(input.batches.get(i));
    }
    open.forEach(Sink.Driver::finish);
    open.forEach(Sink.Driver::close);
    sink.combine(Workers.alone());
  }

  private List<List<@Nullable Object>> drain(Sink sink, Source source) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (BatchReader reader = source.open()) {
      for (Batch b = reader.next(); b != null; b = reader.next()) {
        rows.addAll(rows(b));
      }
    }
    source.close();
    sink.close();
    assertThat(memory.used()).isZero();
    return rows;
  }

  private static List<List<@Nullable Object>> rows(Batch batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int[] live = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (Vector column : batch.columns()) {
        row.add(RandomVectors.value(column, live == null ? i : live[i]));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> asText(List<List<@Nullable Object>> rows) {
    return rows.stream().map(String::valueOf).sorted().toList();
  }

  /// What the order fixes: peers may come in any order.
  private static List<List<@Nullable Object>> keysOf(
      Input input, List<List<@Nullable Object>> rows) {
    List<List<@Nullable Object>> keys = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> values = new ArrayList<>();
      for (SortKey key : input.keys) {
        Object value = row.get(key.column());
        values.add(value instanceof Double d ? d + 0.0 : value);
      }
      keys.add(values);
    }
    return keys;
  }

  /// Random rows of all types and a random order of some of them.
  private static final class Input {
    final List<SortKey> keys = new ArrayList<>();
    final List<Batch> batches = new ArrayList<>();

    Input(int seed, int keyCount, int rows) {
      RandomVectors vectors = new RandomVectors(seed);
      Random random = vectors.random();
      List<Integer> columns = new ArrayList<>(IntStream.range(0, TYPES.size()).boxed().toList());
      Collections.shuffle(columns, random);
      for (int k = 0; k < keyCount; k++) {
        keys.add(
            new SortKey(
                columns.get(k),
                SortKey.Direction.values()[random.nextInt(2)],
                SortKey.Nulls.values()[random.nextInt(2)]));
      }
      int domain = random.nextBoolean() ? 20 : 5000;
      for (int left = rows; left > 0; ) {
        int length = Math.min(left, 1 + random.nextInt(4000));
        left -= length;
        List<Vector> vectorsOfBatch = new ArrayList<>();
        TYPES.forEach(type -> vectorsOfBatch.add(vectors.any(type, length, domain)));
        Batch batch = Batch.of(length, vectorsOfBatch);
        int[] some = IntStream.range(0, length).filter(_ -> random.nextInt(4) > 0).toArray();
        batches.add(random.nextBoolean() ? batch : batch.select(some, some.length));
      }
    }

    PhysicalPlan.Sort plan() {
      Schema schema = new Schema(TYPES.stream().map(t -> new Field("c", t, true)).toList());
      return new PhysicalPlan.Sort(2, new PhysicalPlan.Values(1, schema, List.of()), keys);
    }

    List<List<@Nullable Object>> rows() {
      return batches.stream().flatMap(b -> SortTest.rows(b).stream()).toList();
    }

    List<List<@Nullable Object>> sorted() {
      List<List<@Nullable Object>> rows = new ArrayList<>(rows());
      Comparator<List<@Nullable Object>> order = (_, _) -> 0;
      for (SortKey key : keys) {
        order = order.thenComparing((a, b) -> compare(key, a, b));
      }
      rows.sort(order);
      return rows;
    }

    private static int compare(SortKey key, List<@Nullable Object> a, List<@Nullable Object> b) {
      Object left = a.get(key.column());
      Object right = b.get(key.column());
      if (left == null || right == null) {
        int order = Boolean.compare(left == null, right == null);
        return key.nulls() == SortKey.Nulls.LAST ? order : -order;
      }
      int order =
          switch (left) {
            case Boolean l -> Boolean.compare(l, (Boolean) right);
            case Long l -> Long.compare(l, (Long) right);
            case Double l -> Double.compare(l + 0.0, (Double) right + 0.0);
            case BigDecimal l -> l.compareTo((BigDecimal) right);
            case String l ->
                Arrays.compareUnsigned(
                    l.getBytes(StandardCharsets.UTF_8),
                    ((String) right).getBytes(StandardCharsets.UTF_8));
            default -> throw new AssertionError("no such value");
          };
      return key.direction() == SortKey.Direction.ASCENDING ? order : -order;
    }
  }
}
