package io.frazil.engine.expression;

import static io.frazil.engine.evaluate.Values.arithmetic;
import static io.frazil.engine.evaluate.Values.call;
import static io.frazil.engine.evaluate.Values.column;
import static io.frazil.engine.evaluate.Values.compare;
import static io.frazil.engine.evaluate.Values.decimal;
import static io.frazil.engine.evaluate.Values.integer;
import static io.frazil.engine.evaluate.Values.literal;
import static io.frazil.engine.evaluate.Values.text;
import static io.frazil.engine.evaluate.Values.truth;
import static io.frazil.engine.evaluate.Values.tryCast;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.Expression.And;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Case;
import io.frazil.engine.expression.Expression.InList;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Not;
import io.frazil.engine.expression.Expression.Or;
import io.frazil.engine.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTextTest {
  private final Expression x = column(0, Types.INTEGER);
  private final Expression name = column(1, Types.VARCHAR);

  @Test
  void parenthesesStandWhereTheyMatter() {
    Expression sum = arithmetic(x, ArithmeticOperator.ADD, integer(1));
    Expression product = arithmetic(sum, ArithmeticOperator.MULTIPLY, integer(2));
    Expression difference = arithmetic(x, ArithmeticOperator.SUBTRACT, sum);
    assertThat(ExpressionText.text(product)).isEqualTo("(c0 + 1) * 2");
    assertThat(ExpressionText.text(difference)).isEqualTo("c0 - (c0 + 1)");
    Expression either =
        new Or(
            List.of(compare(sum, ComparisonOperator.LESS, integer(5)), new Not(new IsNull(name))));
    assertThat(ExpressionText.text(new And(List.of(either, new Not(truth(true))))))
        .isEqualTo("(c0 + 1 < 5 or c1 is not null) and not true");
  }

  @Test
  void literalsReadAsSql() {
    assertThat(ExpressionText.text(text("it's"))).isEqualTo("'it''s'");
    assertThat(ExpressionText.text(literal(9131L, Types.DATE))).isEqualTo("date '1995-01-01'");
    assertThat(ExpressionText.text(decimal("0.06"))).isEqualTo("0.06");
    assertThat(ExpressionText.text(literal(null, Types.BIGINT))).isEqualTo("null");
  }

  @Test
  void formsReadAsSql() {
    assertThat(ExpressionText.text(new Not(new InList(x, List.of(integer(1), integer(2))))))
        .isEqualTo("c0 not in (1, 2)");
    assertThat(ExpressionText.text(call("like", name, text("%a")))).isEqualTo("c1 like '%a'");
    assertThat(ExpressionText.text(call("upper", name))).isEqualTo("upper(c1)");
    assertThat(ExpressionText.text(tryCast(name, Types.BIGINT)))
        .isEqualTo("try_cast(c1 as bigint)");
    Expression branches =
        new Case(List.of(new Branch(new IsNull(x), integer(0))), x, Types.INTEGER);
    assertThat(ExpressionText.text(branches)).isEqualTo("case when c0 is null then 0 else c0 end");
  }
}
