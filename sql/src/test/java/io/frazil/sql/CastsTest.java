package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.explain.PlanText;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is left of casts and constants when a query is planned.
class CastsTest {
  private static String plan(String sql, Object... parameters) {
    var n =
        Schema.of(
            new Field("i", Types.INTEGER, true),
            new Field("r", Types.REAL, true),
            new Field("s", Types.VARCHAR, true),
            new Field("dt", Types.DATE, true),
            new Field("ts", Types.TIMESTAMP, true));
    return PlanText.text(new Planning().with("n", TestTable.of(n)).plan(sql, parameters));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cast(cast(i as decimal(12,2)) as varchar)",
        "cast(cast(i as double) as varchar)",
        "cast(cast(r as varchar) as double)",
        "cast(cast(r as double) as varchar)",
        "cast(cast(r as double) as decimal(38,20))",
        "cast(cast(dt as timestamp) as varchar)",
        "try_cast(cast(i as bigint) as tinyint)",
        "try_cast(cast(i as double) as integer)"
      })
  void castsThatTellAValuesTypeStay(String casts) {
    assertThat(plan("select " + casts + " as x from n")).contains(casts);
    assertThat(plan("select i from n where " + casts + " is distinct from null")).contains(casts);
  }

  @Test
  void castsThatChangeNothingAreDropped() {
    assertThat(plan("select cast(cast(i as bigint) as integer) as x from n"))
        .doesNotContain("cast(");
  }

  @Test
  void castsOfConstantsToDatesAreConstants() {
    assertThat(plan("select i from n where dt < cast('2026-01-01' as date)"))
        .contains("dt < date '2026-01-01'");
    assertThat(plan("select i from n where dt < try_cast('2026-01-01' as date)"))
        .contains("dt < date '2026-01-01'");
  }

  @Test
  void realConstantsAreFloats() {
    assertThat(plan("select i from n where r = cast(0.1 as real)"))
        .contains("r = " + (double) 0.1f);
    assertThat(plan("select i from n where r = cast(0.1e0 as real)"))
        .contains("r = " + (double) 0.1f);
    assertThat(plan("select i from n where r = 0.1")).contains("r = " + (double) 0.1f);
  }

  @Test
  void parametersHaveYearsOfFourDigits() {
    for (Object value : List.of(LocalDate.of(12024, 2, 29), LocalDateTime.of(0, 1, 1, 0, 0))) {
      assertThatThrownBy(() -> plan("select i from n where ts < ?", value))
          .isInstanceOf(FrazilException.class)
          .hasMessageStartingWith("line 1:28: A parameter's year lies between 1 and 9999: ");
    }
  }

  @Test
  void textConstantsAreInTheOrderOfCodePoints() {
    assertThat(plan("select i from n where s > '\uff01' and s < '\ud83d\ude00'"))
        .contains("TableScan(n");
    assertThat(plan("select i from n where s > '\ud83d\ude00' and s < '\uff01'"))
        .doesNotContain("TableScan(n");
  }

  @Test
  void yearsOfMoreThanFourDigitsKeepThem() {
    assertThat(plan("select i from n where dt < date '9999-12-31' + interval '2' year"))
        .contains("dt < date '+10001-12-31'");
  }

  @Test
  void anyCharacterOrNoneMayEscape() {
    assertThat(plan("select i from n where s like '%%' escape '%'")).contains("like(s, '%%', '%')");
    assertThat(plan("select i from n where s not ilike 'a' escape ''"))
        .contains("not ilike(s, 'a', '')");
  }
}
