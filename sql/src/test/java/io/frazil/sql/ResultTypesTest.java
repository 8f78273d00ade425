package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.explain.PlanText;
import org.junit.jupiter.api.Test;

/// The types of results, and whether they may be null.
class ResultTypesTest {
  private static PlannedQuery plan(String sql) {
    var n =
        Schema.of(
            new Field("k", Types.BIGINT, false),
            new Field("x", Types.decimal(9, 2), false),
            new Field("y", Types.decimal(18, 6), false));
    return new Planning().with("n", TestTable.of(n)).plan(sql);
  }

  private static Field column(String expression) {
    return plan("select " + expression + " as c from n").schema().field(0);
  }

  @Test
  void aNullAmongDecimalsTakesNoDigits() {
    var digits = Types.decimal(18, 6);
    assertThat(column("case k when 1 then x when 2 then y else null end").type()).isEqualTo(digits);
    assertThat(column("case k when 1 then x when 2 then y end"))
        .isEqualTo(new Field("c", digits, true));
    assertThat(column("case when k = 1 then x else y end").nullable()).isFalse();
    String wide = "cast(x as decimal(38, 2)) when 2 then cast(y as decimal(38, 6))";
    assertThat(column("case k when 1 then " + wide + " end").type())
        .isEqualTo(column("case k when 1 then " + wide + " else 0 end").type())
        .isEqualTo(Types.decimal(38, 6));
  }

  @Test
  void theSpreadOfASampleMayBeNull() {
    assertThat(PlanText.text(plan("select coalesce(stddev_samp(k), 0) from n group by x")))
        .contains("case when stddev_samp is not null");
    assertThat(PlanText.text(plan("select coalesce(any_value(k), 0) from n group by x")))
        .doesNotContain("case when");
  }
}
