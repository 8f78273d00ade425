package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is pruned, and what must not be.
class PruningTest {
  private static final int ROWS = 20_000;

  private final MemoryStore store = new MemoryStore();

  private static final MessageType NUMBERS =
      org.apache.parquet.schema.Types.buildMessage()
          .required(PrimitiveTypeName.INT64)
          .named("id")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("x")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("name")
          .named("m");

  private void write(
      IntFunction<@Nullable Object[]> row, UnaryOperator<TestFile.Builder> settings) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row.apply(i));
    }
    store.put("f", TestFile.write(NUMBERS, rows, settings));
  }

  private void writeSorted(UnaryOperator<TestFile.Builder> settings) {
    write(
        i ->
            new Object[] {
              (long) i, i % 10 == 0 ? null : i * 0.5, Binary.fromString("name " + i / 5000)
            },
        settings);
  }

  private static TestFile.Builder manyGroups(TestFile.Builder builder) {
    return builder.withRowGroupSize(20_000L).withPageRowCountLimit(500);
  }

  private static TestFile.Builder manyPages(TestFile.Builder builder) {
    return builder.withPageRowCountLimit(500).withDictionaryEncoding(false);
  }

  private static Expression id(ComparisonOperator operator, long value) {
    return compare(0, Types.BIGINT, operator, value);
  }

  private static Expression compare(
      int column, DataType type, ComparisonOperator operator, Object value) {
    return new Expression.Comparison(
        operator,
        new Expression.Column(column, "c" + column, type, true),
        new Literal(value, type));
  }

  @Test
  void rowGroupsOutsideOfTheBoundsAreNotRead() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store);

    assertThat(scans.rows("f", id(ComparisonOperator.EQUAL, 10_000))).hasSize(1);

    long groups = scans.node().get(Counter.ROW_GROUPS);
    assertThat(groups).isGreaterThan(3);
    assertThat(scans.node().get(Counter.ROW_GROUPS_PRUNED)).isEqualTo(groups - 1);
  }

  @Test
  void rowGroupsThatMightHaveARowAreRead() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store);

    assertThat(scans.rows("f", id(ComparisonOperator.NOT_EQUAL, 10_000))).hasSize(ROWS - 1);

    assertThat(scans.node().get(Counter.ROW_GROUPS_PRUNED)).isZero();
  }

  @Test
  void pagesOutsideOfTheBoundsAreNotEvenFetched() {
    writeSorted(PruningTest::manyPages);
    var all = new Scans(store);
    assertThat(all.rows("f")).hasSize(ROWS);
    var some = new Scans(store);

    assertThat(
            some.rows(
                "f",
                id(ComparisonOperator.GREATER_OR_EQUAL, 3_100),
                id(ComparisonOperator.LESS, 3_400)))
        .hasSize(300)
        .allSatisfy(row -> assertThat((Long) row.getFirst()).isBetween(3_100L, 3_399L));

    assertThat(some.node().get(Counter.PAGES_PRUNED)).isEqualTo(3 * (ROWS / 500 - 1));
    assertThat(some.node().get(Counter.READ_BYTES))
        .isLessThan(all.node().get(Counter.READ_BYTES) / 10);
  }

  @Test
  void pagesOfWhichNoRowIsLeftAreNotUnpacked() {
    write(
        i ->
            new Object[] {
              (long) (i * 7919 % ROWS), i == 12_345 ? 1.0 : 0.0, Binary.fromString("n" + i)
            },
        b -> manyPages(b).withPageRowCountLimit(500));
    var scans = new Scans(store);

    assertThat(
            scans.rows(
                "f",
                new Expression.Or(
                    List.of(
                        compare(1, Types.DOUBLE, ComparisonOperator.EQUAL, 1.0),
                        compare(0, Types.BIGINT, ComparisonOperator.EQUAL, -1L)))))
        .singleElement()
        .satisfies(row -> assertThat(row.get(2)).isEqualTo("n12345"));

    // Of the pages behind the row that is left not even the headers are seen.
    assertThat(scans.node().get(Counter.PAGES_PRUNED)).isEqualTo(12_345 / 500);
  }

  @Test
  void textThatNoDictionaryEntryIsPrunesTheRowGroup() {
    write(
        i -> new Object[] {(long) i, 0.5, Binary.fromString(i % 2 == 0 ? "a" : "c")},
        UnaryOperator.identity());
    var scans = new Scans(store);

    assertThat(scans.rows("f", compare(2, Types.VARCHAR, ComparisonOperator.EQUAL, "b"))).isEmpty();

    assertThat(scans.node().get(Counter.ROW_GROUPS_PRUNED)).isEqualTo(1);
    assertThat(scans.node().get(Counter.READ_BYTES)).isZero();
  }

  @Test
  void aDictionaryIsNotReadFirstForWhatMostEntriesPass() {
    write(
        i -> new Object[] {(long) i, 0.5, Binary.fromString(i % 2 == 0 ? "a" : "c")},
        UnaryOperator.identity());
    var scans = new Scans(store);

    assertThat(scans.rows("f", compare(2, Types.VARCHAR, ComparisonOperator.GREATER, "c")))
        .isEmpty();
    assertThat(scans.rows("f", compare(2, Types.VARCHAR, ComparisonOperator.NOT_EQUAL, "a")))
        .hasSize(ROWS / 2);

    assertThat(scans.node().get(Counter.READ_BYTES)).isPositive();
  }

  @Test
  void aDictionaryThatIsLargeBesideItsPagesIsNotReadFirst() {
    store.put(
        "f",
        TestFile.write(
            NUMBERS,
            IntStream.range(0, 200)
                .mapToObj(i ->
                    new @Nullable Object[] {
                      7L, 0.5, Binary.fromString("x".repeat(100) + 2 * (i / 4))
                    })
                .toList(),
            UnaryOperator.identity()));
    var scans = new Scans(store);

    assertThat(
            scans.rows(
                "f", compare(2, Types.VARCHAR, ComparisonOperator.EQUAL, "x".repeat(100) + 11)))
        .isEmpty();

    assertThat(scans.node().get(Counter.READ_BYTES)).isPositive();
  }

  @Test
  void nothingIsGreaterThanABoundButNaN() {
    write(
        i -> new Object[] {(long) i, i == 7 ? Double.NaN : 0.25, Binary.fromString("n")},
        UnaryOperator.identity());

    assertThat(
            new Scans(store).rows("f", compare(1, Types.DOUBLE, ComparisonOperator.GREATER, 100.0)))
        .hasSize(1);
  }

  @Test
  void theTwoZerosAreOne() {
    write(i -> new Object[] {(long) i, 0.0, Binary.fromString("n")}, UnaryOperator.identity());

    assertThat(new Scans(store).rows("f", compare(1, Types.DOUBLE, ComparisonOperator.EQUAL, -0.0)))
        .hasSize(ROWS);
  }

  @Test
  void nullsAreFoundWhereThereAreSome() {
    writeSorted(PruningTest::manyGroups);
    Expression isNull = new Expression.IsNull(new Expression.Column(1, "x", Types.DOUBLE, true));

    assertThat(new Scans(store).rows("f", isNull)).hasSize(ROWS / 10);
    assertThat(
            new Scans(store)
                .rows(
                    "f", new Expression.IsNull(new Expression.Column(0, "id", Types.BIGINT, true))))
        .isEmpty();
  }

  @Test
  void runtimeFiltersPruneRowGroupsAndRows() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store).runtimeFilter(0, new Keys(4_000, 4_010));

    assertThat(scans.rows("f")).hasSize(11);

    long groups = scans.node().get(Counter.ROW_GROUPS);
    assertThat(scans.node().get(Counter.ROW_GROUPS_PRUNED)).isEqualTo(groups - 1);
    assertThat(scans.node().get(Counter.ROWS_RUNTIME_FILTERED)).isPositive();
  }

  @Test
  void aRuntimeFilterThatPassesNothingReadsNothing() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store).runtimeFilter(0, new Keys(1, 0));

    assertThat(scans.rows("f")).isEmpty();

    assertThat(scans.node().get(Counter.READ_BYTES)).isZero();
  }

  @Test
  void aLimitStopsEarly() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store).limit(10);

    assertThat(scans.rows("f")).hasSizeBetween(10, 4096);

    assertThat(scans.node().get(Counter.ROW_GROUPS)).isLessThanOrEqualTo(2);
  }

  @Test
  void rowsAreCountedWithoutReadingAnything() {
    writeSorted(PruningTest::manyGroups);
    var scans = new Scans(store);

    assertThat(scans.rows("f", List.of(), List.of(), List.of())).hasSize(ROWS);

    assertThat(scans.node().get(Counter.READ_BYTES)).isZero();
  }

  /// The keys from `from` to `to`.
  private record Keys(long from, long to) implements RuntimeFilter {
    @Override
    public @Nullable Literal min() {
      return passesNothing() ? null : new Literal(from, Types.BIGINT);
    }

    @Override
    public @Nullable Literal max() {
      return passesNothing() ? null : new Literal(to, Types.BIGINT);
    }

    @Override
    public boolean passesNothing() {
      return from > to;
    }

    @Override
    public int filter(Vector keys, int @Nullable [] selection, int count, int[] out) {
      int passed = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        long key =
            keys instanceof DictionaryVector d
                ? ((LongVector) d.dictionary()).values()[d.ids()[row]]
                : ((LongVector) keys).values()[row];
        if (!keys.isNull(row) && key >= from && key <= to) {
          out[passed++] = row;
        }
      }
      return passed;
    }
  }
}
