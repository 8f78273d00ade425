package io.frazil.iceberg;

import static io.frazil.iceberg.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which files are left out by partitions and bounds.
class PartitionPruningTest {
  @TempDir Path folder;

  private IcebergCatalog catalog;

  @BeforeEach
  void open() {
    catalog = LocalWarehouse.open(folder);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private long pruned(Expression filter) {
    return catalog
        .table("main", "t", TableVersion.CURRENT)
        .orElseThrow()
        .scan(new ScanRequest(List.of(0), List.of(filter), null))
        .filesPruned();
  }

  /// A file of the texts that begin with `😀x`, and one of those that begin with `ab`.
  private void createTruncated() {
    var schema = new org.apache.iceberg.Schema(NestedField.optional(1, "s", StringType.get()));
    var spec = PartitionSpec.builderFor(schema).truncate("s", 2).build();
    Table table = catalog.catalog().createTable(TableIdentifier.of("main", "t"), schema, spec);
    var append = table.newAppend();
    for (String start : List.of("😀x", "ab")) {
      append.appendFile(
          DataFiles.builder(spec)
              .withPath(table.location() + "/data/" + (start.equals("ab") ? 1 : 2) + ".parquet")
              .withFormat("parquet")
              .withFileSizeInBytes(1000)
              .withRecordCount(1)
              .withPartitionPath("s_trunc=" + start)
              .build());
    }
    append.commit();
  }

  @ParameterizedTest
  @CsvSource({
    "like, 😀%, 0",
    "starts_with, 😀, 0",
    "starts_with, 😀x, 0",
    "like, 😀x%, 0",
    "like, a😀%, 1",
    "like, ab😀%, 1",
    "starts_with, ab, 1",
    "like, abc%, 1",
    "like, z%, 2",
  })
  void aTruncatedPartitionIsLeftOutByThePrefixOfWholeCharacters(
      String function, String pattern, long files) {
    createTruncated();
    var column = new Expression.Column(0, "s", Types.VARCHAR, true);
    var operands = List.<Expression>of(column, new Literal(pattern, Types.VARCHAR));

    assertThat(pruned(new Expression.Call(function, operands, Types.BOOLEAN, true)))
        .isEqualTo(files);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, 😀xyz, 1",
    "EQUAL, 😀x, 1",
    "GREATER, 😀xy, 1",
    "LESS, 😀x, 0",
    "EQUAL, 😀😀, 2",
  })
  void comparisonsCutWholeCharactersToo(ComparisonOperator operator, String value, long files) {
    createTruncated();
    var column = new Expression.Column(0, "s", Types.VARCHAR, true);

    assertThat(
            pruned(new Expression.Comparison(operator, column, new Literal(value, Types.VARCHAR))))
        .isEqualTo(files);
  }

  @Test
  void decimalsOfOneScaleAreComparedWhateverTheirPrecision() {
    Schema columns = Schema.of(new Field("price", Types.decimal(10, 2), true));
    Rows.create(
        catalog,
        "t",
        columns,
        List.of(row(new BigDecimal("1.00"))),
        List.of(row(new BigDecimal("200.00"))));
    var column = new Expression.Column(0, "price", Types.decimal(10, 2), true);
    var hundred = new Literal(new BigDecimal("100.00"), Types.decimal(12, 2));
    var ofAnotherScale = new Literal(new BigDecimal("100.000"), Types.decimal(12, 3));

    assertThat(pruned(new Expression.Comparison(ComparisonOperator.GREATER, column, hundred)))
        .isOne();
    assertThat(
            pruned(new Expression.Comparison(ComparisonOperator.GREATER, column, ofAnotherScale)))
        .isZero();
  }
}
