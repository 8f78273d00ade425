package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.stream.Stream;
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
            "line 1:12: Unexpected 'z'. Expected one of: FROM, ORDER, LIMIT, UNION, ',', EXCEPT,"
                + " FETCH, INTERSECT."),
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
            "update nation set n_name = 'x'",
            ErrorCode.NOT_SUPPORTED,
            "line 1:1: UPDATE is not supported"));
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
