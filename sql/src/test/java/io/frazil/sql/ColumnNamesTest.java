package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {
  private final Planning planning = new Planning();

  private List<String> names(String sql) {
    return planning.plan(sql).schema().fields().stream().map(Field::name).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "count(*) | count(*)",
        "COUNT( DISTINCT O_Custkey ) | count(distinct o_custkey)",
        "Sum(o_totalprice*2) | sum(o_totalprice * 2)",
        "(max(o_orderkey)+1)*2 | (max(o_orderkey) + 1) * 2",
        "max(\"o_comment\") | max(o_comment)",
        "max(orders.o_comment) | max(orders.o_comment)",
        "1 | 1",
        "'über''s' | 'über''s'",
        "-1.5 | -1.5",
        "NULL | null",
        "CAST(max(o_orderkey) AS VARCHAR) | cast(max(o_orderkey) as varchar)",
        "DATE '2020-01-02' | date '2020-01-02'",
        "count(*) AS n | n",
        "max(o_comment) o | o",
      })
  void whatIsSelectedIsNamedAfterWhatComputesIt(String item, String name) {
    assertThat(names("SELECT " + item + " FROM orders")).containsExactly(name);
  }

  @Test
  void columnsKeepTheirNames() {
    assertThat(names("SELECT o_orderkey, orders.o_custkey FROM orders"))
        .containsExactly("o_orderkey", "o_custkey");
    assertThat(names("SELECT * FROM region")).containsExactly("r_regionkey", "r_name", "r_comment");
  }

  @Test
  void aLongNameIsCut() {
    assertThat(names("SELECT '%s'".formatted("💡".repeat(100))))
        .containsExactly("'" + "💡".repeat(62) + "…");
  }

  @Test
  void aSubqueryIsOneLine() {
    assertThat(names("SELECT (SELECT max(r_name)\n FROM region) FROM nation"))
        .containsExactly("select max(r_name) from region");
  }

  @Test
  void whatIsNamedSoIsFoundByItsName() {
    assertThat(names("SELECT \"count(*)\" + 1 AS n FROM (SELECT count(*) FROM region)"))
        .containsExactly("n");
    assertThat(names("SELECT count(*) FROM orders GROUP BY o_custkey % 3 ORDER BY count(*)"))
        .containsExactly("count(*)");
    assertThat(names("SELECT DISTINCT o_custkey % 3 FROM orders ORDER BY o_custkey % 3"))
        .containsExactly("o_custkey % 3");
    assertThat(names("SELECT o_custkey % 3 FROM orders GROUP BY o_custkey % 3 ORDER BY 1"))
        .containsExactly("o_custkey % 3");
  }

  @Test
  void columnsOfValuesAreNumbered() {
    assertThat(names("VALUES (1, 'a'), (2, 'b')")).containsExactly("column1", "column2");
    assertThat(names("VALUES (1, 'a'), (2, 'b') ORDER BY 1 LIMIT 1"))
        .containsExactly("column1", "column2");
    assertThat(names("SELECT * FROM (VALUES (1, 'a'))")).containsExactly("column1", "column2");
    assertThat(names("SELECT t.column2, column1 FROM (VALUES (1, 'a')) AS t"))
        .containsExactly("column2", "column1");
    assertThat(names("SELECT * FROM (VALUES (1, 'a')) AS t (x, y)")).containsExactly("x", "y");
    assertThat(names("SELECT * FROM (VALUES (1)), (VALUES (2))"))
        .containsExactly("column1", "column10");
    assertThat(names("WITH t AS (VALUES (1)) SELECT * FROM t")).containsExactly("column1");
    assertThat(names("VALUES (1) UNION ALL VALUES (2)")).containsExactly("column1");
  }
}
