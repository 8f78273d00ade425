package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.InList;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions over a table's column end as the column beside a literal wherever that is the same:
/// what prunes files and row groups looks at nothing else.
class PrunableFiltersTest {
  private static final Schema COLUMNS =
      Schema.of(
          new Field("small", Types.SMALLINT, true),
          new Field("number", Types.INTEGER, true),
          new Field("price", Types.decimal(10, 2), true),
          new Field("long_price", Types.decimal(30, 2), true),
          new Field("seen", new DataType.Timestamp(6, true), true));

  private static List<Expression> filters(String condition) {
    PhysicalPlan plan =
        new Planning()
            .with("t", TestTable.of(COLUMNS))
            .plan("select count(*) from t where " + condition)
            .root();
    while (!(plan instanceof PhysicalPlan.TableScan scan)) {
      plan = plan.inputs().getFirst();
    }
    return scan.filters();
  }

  @ParameterizedTest
  @CsvSource({
    "price > 100, 100",
    "price <= 3.5, 3.5",
    "100 < price, 100",
    "price = 7, 7",
    "long_price > 1, 1",
  })
  void aDecimalIsComparedAsADecimalOfItsScale(String condition, BigDecimal value) {
    assertThat(filters(condition))
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.class,
            c -> {
              boolean flipped = c.left() instanceof Literal;
              Expression column = flipped ? c.right() : c.left();
              assertThat(column).isInstanceOf(Expression.Column.class);
              assertThat(flipped ? c.left() : c.right())
                  .isInstanceOfSatisfying(
                      Literal.class,
                      l -> {
                        assertThat((BigDecimal) l.value()).isEqualByComparingTo(value);
                        assertThat(((DataType.Decimal) l.type()).scale()).isEqualTo(2);
                      });
            });
  }

  @ParameterizedTest
  @CsvSource({
    "small = 5, SMALLINT",
    "small < 5.0, SMALLINT",
    "number >= 5.00, INTEGER",
  })
  void anIntegerIsComparedAsOneOfItsWidth(String condition, DataType.Simple type) {
    assertThat(filters(condition))
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.class,
            c -> {
              assertThat(c.left()).isInstanceOf(Expression.Column.class);
              assertThat(c.right()).isEqualTo(new Literal(5L, type));
            });
  }

  @Test
  void aListOfAWiderTypeBecomesOneOfTheColumns() {
    assertThat(filters("small in (5, 6, 7)"))
        .containsExactly(
            new InList(
                new Expression.Column(0, "small", Types.SMALLINT, true),
                List.of(
                    new Literal(5L, Types.SMALLINT),
                    new Literal(6L, Types.SMALLINT),
                    new Literal(7L, Types.SMALLINT))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small = 70000", "number < 5.5", "price > 0.005"})
  void whatTheColumnsTypeDoesNotHoldIsComparedInTheWiderOne(String condition) {
    assertThat(filters(condition))
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.class, c -> assertThat(c.left()).isInstanceOf(Expression.Cast.class));
  }

  @Test
  void aTimestampIsTurnedIntoTheColumnsTypeWhilePlanning() {
    assertThat(filters("seen >= timestamp '1970-01-01 00:00:07'"))
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.class,
            c -> {
              assertThat(c.left()).isInstanceOf(Expression.Column.class);
              assertThat(c.right())
                  .isEqualTo(new Literal(7_000_000L, new DataType.Timestamp(6, true)));
            });
  }
}
