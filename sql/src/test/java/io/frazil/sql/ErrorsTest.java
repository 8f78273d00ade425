package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of a wrong query, to the letter.
class ErrorsTest {
  static Stream<Arguments> syntax() {
    return Stream.of(
        arguments(
            "selec 1",
            "line 1:1: Unexpected 'selec'. Expected one of: SELECT, WITH, VALUES, INSERT, CREATE,"
                + " DROP, SHOW, EXPLAIN."),
        arguments(
            "select 1 +",
            "line 1:11: Unexpected end of the statement. Expected one of: a name, '('."),
        arguments(
            "select *\nfrom nation where",
            "line 2:18: Unexpected end of the statement. Expected one of: a name, '('."),
        arguments(
            "select x y z from nation",
            "line 1:12: Unexpected 'z'. Expected one of: FROM, WHERE, ORDER, LIMIT, UNION, ',',"
                + " EXCEPT, FETCH."),
        arguments(
            "SELECT n_name FROM nation WHERE SELECT 1",
            "line 1:33: Unexpected 'SELECT'. Expected one of: a name, '('."),
        arguments(
            "SELECT n_name FROM nation LIMIT -1",
            "line 1:33: Unexpected '-'. Expected one of: a number, '?', ALL."),
        arguments(
            "select n_name from nation for timestamp as of (select now())",
            "line 1:47: A query cannot stand here"),
        arguments("select 'abc", "line 1:8: A string or quoted name is not closed"),
        arguments("select 1; select 2", "line 1:11: A second statement begins here"),
        arguments(" ", "There is no statement"));
  }

  @ParameterizedTest
  @MethodSource("syntax")
  void whatDoesNotParseSaysWhere(String sql, String message) {
    rejected(sql, ErrorCode.SYNTAX_ERROR, message);
  }

  static Stream<Arguments> names() {
    return Stream.of(
        arguments(
            "select n_nam from nation",
            ErrorCode.COLUMN_NOT_FOUND,
            "line 1:8: Column 'n_nam' cannot be resolved. Did you mean 'n_name'?"),
        arguments(
            "select n.zzz from nation n",
            ErrorCode.COLUMN_NOT_FOUND,
            "line 1:10: Column 'zzz' cannot be resolved."),
        arguments(
            "select n_name from natio",
            ErrorCode.TABLE_NOT_FOUND,
            "line 1:20: Table 'natio' does not exist. Did you mean 'nation'?"),
        arguments(
            "select * from 'nothere.parquet'",
            ErrorCode.FILE_NOT_FOUND,
            "line 1:15: No file matches 'nothere.parquet'"),
        arguments(
            "select lowr('x')",
            ErrorCode.FUNCTION_NOT_FOUND,
            "line 1:8: Function 'lowr' does not exist for these arguments. Did you mean 'lower'?"),
        arguments(
            "select n_nationkey from nation a, nation b",
            ErrorCode.AMBIGUOUS_NAME,
            "line 1:8: Column 'n_nationkey' is ambiguous: qualify it with its table"),
        arguments(
            "select ?",
            ErrorCode.INVALID_ARGUMENT,
            "line 1:8: Parameter 1 has no value: 0 were given"));
  }

  static Stream<Arguments> meanings() {
    return Stream.of(
        arguments(
            "select n_name from nation where n_nationkey = date '2026-01-01'",
            ErrorCode.TYPE_MISMATCH,
            "line 1:33: Operator or function '=' cannot be applied: bigint = date"),
        arguments(
            "select 99999999999999999999999999999999999999999999",
            ErrorCode.INVALID_LITERAL,
            "line 1:8: Number 99999999999999999999999999999999999999999999 is out of range"),
        arguments(
            "select interval '1 moon'",
            ErrorCode.INVALID_LITERAL,
            "line 1:8: '1 moon' is not an interval, such as '3 days' or '1 year 2 months'"),
        arguments(
            "select date '2026-01-01' + interval '1 microsecond'",
            ErrorCode.NOT_SUPPORTED,
            "line 1:28: An interval of parts of a millisecond is not supported: '1 microsecond'"),
        arguments(
            "select timestamp '2026-01-01 00:00:00' + interval '0.0005' second",
            ErrorCode.NOT_SUPPORTED,
            "line 1:42: An interval of parts of a millisecond is not supported: '0.0005'"),
        arguments(
            "select timestamp '2026-01-01 00:00:00' - interval '1 00:00:01.234567' day to second",
            ErrorCode.NOT_SUPPORTED,
            "line 1:42: An interval of parts of a millisecond is not supported:"
                + " '1 00:00:01.234567'"),
        arguments(
            "select cast(1.5 as decimal(50,2))",
            ErrorCode.INVALID_ARGUMENT,
            "decimal(50,2) does not exist: precision is 1 to 38, scale 0 to the precision"),
        arguments(
            "select n_name, count(*) from nation",
            ErrorCode.INVALID_QUERY,
            "line 1:8: 'n_name' is neither grouped by nor inside an aggregate"),
        arguments(
            "select * from region union all select n_name from nation",
            ErrorCode.INVALID_QUERY,
            "line 1:39: The inputs of UNION ALL have different numbers of columns"),
        arguments(
            "select n_name, row_number() over (order by n_name) from nation",
            ErrorCode.NOT_SUPPORTED,
            "line 1:16: Window functions are not supported yet"),
        arguments(
            "select n_name from nation limit 1.5",
            ErrorCode.INVALID_ARGUMENT,
            "line 1:33: LIMIT takes a whole number that is not negative"),
        arguments(
            "select cast(l_shipdate as integer) from lineitem",
            ErrorCode.TYPE_MISMATCH,
            "line 1:8: Cannot cast date to integer"),
        arguments(
            "select n_name from nation where (1, 2) = (select 1, 2)",
            ErrorCode.INVALID_QUERY,
            "line 1:42: A subquery used as a value has one column"),
        arguments(
            "select n_name from nation where (1, 2) < any ((1, 2), (3, 4, 5))",
            ErrorCode.TYPE_MISMATCH,
            "line 1:55: The operands of < SOME have no common type"),
        arguments(
            "select n_name from nation for timestamp as of 'yesterday'",
            ErrorCode.INVALID_LITERAL,
            "line 1:47: 'yesterday' is not a timestamp, such as '2026-01-31 12:00:00'"),
        arguments(
            "update nation set n_name = 'x'",
            ErrorCode.NOT_SUPPORTED,
            "line 1:1: UPDATE is not supported"));
  }

  static Stream<Arguments> constructs() {
    return Stream.of(
            arguments("select interval '1' day", "1:8: Type interval day is"),
            arguments("select array[1]", "1:8: Arrays are"),
            arguments("select (1, 2)", "1:8: A row as a value is"),
            arguments(
                "select (1, 2) <> any (select 1, 3)",
                "1:8: A row compared by <> SOME with a subquery is"),
            arguments(
                "select 1 where (1, 2) >= all (select 1, 3)",
                "1:16: A row compared by >= ALL with a subquery is"),
            arguments("select time '10:00:00'", "1:8: Type time is"),
            arguments("select x'ab'", "1:8: Type binary is"),
            arguments("select 1 from nation where n_name similar to 'a'", "1:28: SIMILAR TO is"),
            arguments("select 1 from nation tablesample bernoulli(10)", "1:15: TABLESAMPLE is"),
            arguments("select 1 intersect all select 1", "1:1: INTERSECT ALL is"),
            arguments(
                "select 1 from nation group by rollup (n_name)",
                "1:31: GROUPING SETS, ROLLUP and CUBE are"),
            arguments(
                "with recursive r as (select 1 as n union all select n + 1 from r) table r",
                "1:16: WITH RECURSIVE is"),
            arguments(
                "select 1 from nation natural left semi join region",
                "1:45: A semi or anti join of this form is"))
        .map(a -> arguments(a.get()[0], "line " + a.get()[1] + " not supported yet"));
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void whatIsNotSupportedIsNamedAndPlaced(String sql, String message) {
    assertThatThrownBy(() -> new Planning().plan(sql))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
        .hasMessageStartingWith(message);
  }

  @Test
  void theDifferenceOfTimestampsIsNotSupported() {
    rejected(
        "select timestamp '2020-01-01 00:00:00' - timestamp '2019-01-01 00:00:00'",
        ErrorCode.NOT_SUPPORTED,
        "line 1:8: The difference of timestamps is an interval, which is not supported yet as a"
            + " value");
  }

  @Test
  void aQueryNestedTooDeeplyIsRefused() {
    rejected(
        "select " + "(".repeat(100_000) + "1" + ")".repeat(100_000),
        ErrorCode.NOT_SUPPORTED,
        "line 1:1008: The statement is nested too deeply: at most 1,000 parentheses may be open at"
            + " once");
  }

  @Test
  void whatIsNestedAsDeeplyAsMayBeIsPlanned() {
    String nested = "(".repeat(1_000) + "n_nationkey" + ")".repeat(1_000);
    assertThat(new Planning().plan("select " + nested + " from nation")).isNotNull();
  }

  @Test
  void aLongChainIsPlanned() {
    assertThat(chained(4_000)).isNotNull();
  }

  @Test
  void aChainTooLongIsRefused() {
    assertThatThrownBy(() -> chained(10_000))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
        .hasMessage("line 1:28: The query is nested too deeply: at most 10,000 levels are planned");
  }

  private static PlannedQuery chained(int links) {
    return new Planning()
        .plan(
            "select 1 from nation where n_nationkey <> n_regionkey + 1"
                + " or n_nationkey < n_regionkey".repeat(links));
  }

  @ParameterizedTest
  @MethodSource({"names", "meanings"})
  void whatCannotBePlannedSaysWhy(String sql, ErrorCode code, String message) {
    rejected(sql, code, message);
  }

  private static void rejected(String sql, ErrorCode code, String message) {
    assertThatThrownBy(() -> new Planning().plan(sql))
        .isInstanceOfSatisfying(FrazilException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
