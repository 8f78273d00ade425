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
  void noTwoNamesAreTheSame() {
    assertThat(names("SELECT NULL, NULL, count(*) AS \"null_1\", NULL FROM region"))
        .containsExactly("null", "null_2", "null_1", "null_3");
    String more = "SELECT r_regionkey, r_name, r_name FROM region";
    assertThat(names("SELECT 7, NULL, NULL UNION ALL " + more + " ORDER BY 1 LIMIT 2"))
        .containsExactly("7", "null", "null_1");
    assertThat(names("SELECT * FROM (SELECT count(*), count(*) FROM region)"))
        .containsExactly("count(*)", "count(*)_1");
    assertThat(
            names(
                "SELECT (SELECT max(n_name) FROM nation WHERE n_regionkey = d.r_regionkey) AS m"
                    + " FROM (SELECT r_regionkey, 0, 0 FROM region) d"))
        .containsExactly("m");
    String long1 = "'%s1'".formatted("x".repeat(80));
    assertThat(names("SELECT * FROM (SELECT %s, %s)".formatted(long1, long1.replace('1', '2'))))
        .doesNotHaveDuplicates();
  }

  @Test
  void parametersAreNamedByTheirNumber() {
    assertThat(planning.plan("SELECT $2, $1, $1 + 1, 'x' AS n", 1L, 2L).schema().fields())
        .extracting(Field::name)
        .containsExactly("$2", "$1", "? + 1", "n");
  }

  @Test
  void whatStandsForTablesIsNamedToo() {
    assertThat(
            names(
                "SELECT (SELECT count(*) FROM region FOR TIMESTAMP AS OF '2020-01-01')"
                    + " FROM nation"))
        .singleElement()
        .asString()
        .startsWith("select count(*) from region for system_time as of");
    assertThat(names("SELECT (SELECT count(*) FROM region FOR VERSION AS OF 42) FROM nation"))
        .containsExactly("select count(*) from region for system_time as of version 42");
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
    assertThat(names("SELECT x FROM (VALUES (1), (2)) AS x")).containsExactly("x");
    assertThat(names("SELECT * FROM region, LATERAL (VALUES (r_regionkey, r_name)) AS v"))
        .endsWith("column1", "column2");
    assertThat(names("SELECT * FROM (VALUES (1)) AS values1 (k), (VALUES (1))"))
        .containsExactly("k", "column1");
    assertThat(names("SELECT * FROM (VALUES (1, 'a')) AS t (x, y)")).containsExactly("x", "y");
    assertThat(names("SELECT * FROM (VALUES (1)), (VALUES (2))"))
        .containsExactly("column1", "column10");
    assertThat(names("WITH t AS (VALUES (1)) SELECT * FROM t")).containsExactly("column1");
    assertThat(names("VALUES (1) UNION ALL VALUES (2)")).containsExactly("column1");
  }
}
