package io.frazil.engine.evaluate;

import static io.frazil.engine.evaluate.Values.arithmetic;
import static io.frazil.engine.evaluate.Values.call;
import static io.frazil.engine.evaluate.Values.cast;
import static io.frazil.engine.evaluate.Values.column;
import static io.frazil.engine.evaluate.Values.compare;
import static io.frazil.engine.evaluate.Values.integer;
import static io.frazil.engine.evaluate.Values.literal;
import static io.frazil.engine.evaluate.Values.text;
import static io.frazil.engine.evaluate.Values.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.And;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Case;
import io.frazil.engine.expression.Expression.Coalesce;
import io.frazil.engine.expression.Expression.Or;
import io.frazil.engine.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private final Expression x = column(0, Types.INTEGER);
  private final Expression safe = compare(x, ComparisonOperator.LESS, integer(3));
  private final Expression overZero = arithmetic(integer(1), ArithmeticOperator.DIVIDE, integer(0));
  private final Expression failing = compare(overZero, ComparisonOperator.LESS, x);

  private static Expression fold(Expression expression) {
    return Folding.fold(expression, Values.FUNCTIONS);
  }

  @Test
  void constantsBecomeTheirValue() {
    Expression day = cast(text("1995-01-01"), Types.DATE);
    assertThat(fold(call("date_add_months", day, integer(12))))
        .isEqualTo(literal(9496L, Types.DATE));
    assertThat(fold(arithmetic(integer(2), ArithmeticOperator.MULTIPLY, integer(3))))
        .isEqualTo(integer(6));
  }

  @Test
  void constantsThatFailStay() {
    assertThat(fold(overZero)).isEqualTo(overZero);
  }

  @Test
  void branchesThatNeverHoldGo() {
    Expression guarded = new Case(List.of(new Branch(truth(false), overZero)), x, Types.INTEGER);
    assertThat(fold(guarded)).isEqualTo(x);
  }

  @Test
  void decidedConditionsGo() {
    assertThat(fold(new And(List.of(truth(true), safe)))).isEqualTo(safe);
    assertThat(fold(new And(List.of(safe, truth(false))))).isEqualTo(truth(false));
    assertThat(fold(new Or(List.of(truth(false), safe, safe)))).isEqualTo(safe);
    assertThat(fold(new Or(List.of(safe, truth(true), failing)))).isEqualTo(truth(true));
  }

  @Test
  void errorsBeforeDecisionStay() {
    Expression both = new And(List.of(failing, truth(false)));
    assertThat(fold(both)).isEqualTo(both);
  }

  @Test
  void coalesceLosesWhatIsNeverReached() {
    assertThat(fold(new Coalesce(List.of(literal(null, Types.INTEGER), x, integer(1), overZero))))
        .isEqualTo(new Coalesce(List.of(x, integer(1))));
  }
}
