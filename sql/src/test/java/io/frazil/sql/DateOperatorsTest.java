package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.sql.explain.PlanText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `+` and `-` of dates.
class DateOperatorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "l_shipdate - l_commitdate   | bigint | date_diff_days(l_shipdate, l_commitdate)",
        "l_shipdate + l_linenumber | date | date_add_days(l_shipdate,"
            + " cast(l_linenumber as bigint))",
        "l_linenumber + l_shipdate | date | date_add_days(l_shipdate,"
            + " cast(l_linenumber as bigint))",
        "l_shipdate - 3              | date | date_add_days(l_shipdate, -3)",
        "l_shipdate + interval '3 days' | date | date_add_days(l_shipdate, 3)",
        "l_shipdate + interval 2 month | date | date_add_months(l_shipdate, 2)"
      })
  void datesAndDays(String expression, String type, String planned) {
    PlannedQuery query = new Planning().plan("select " + expression + " as x from lineitem");
    assertThat(query.schema().field(0).type()).isEqualTo(DataType.parse(type));
    assertThat(PlanText.text(query)).contains("Project(" + planned + " as x)");
  }

  @Test
  void numbersAreAddedAsEver() {
    PlannedQuery query =
        new Planning().plan("select l_quantity - 1 as x, l_linenumber + 1 as y from lineitem");
    assertThat(query.schema().field(0).type()).isEqualTo(Types.decimal(16, 2));
    assertThat(PlanText.text(query)).contains("Project(l_quantity - 1 as x, l_linenumber + 1");
  }

  @Test
  void aParameterIsANumberOfDays() {
    assertThat(
            PlanText.text(
                new Planning()
                    .plan("select 1 from lineitem where l_shipdate < l_commitdate - ?", 7)))
        .contains("l_shipdate < date_add_days(l_commitdate, -7)");
  }
}
