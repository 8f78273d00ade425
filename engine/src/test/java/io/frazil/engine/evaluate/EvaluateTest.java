package io.frazil.engine.evaluate;

import static io.frazil.engine.evaluate.Values.arithmetic;
import static io.frazil.engine.evaluate.Values.bigint;
import static io.frazil.engine.evaluate.Values.cast;
import static io.frazil.engine.evaluate.Values.column;
import static io.frazil.engine.evaluate.Values.compare;
import static io.frazil.engine.evaluate.Values.decimal;
import static io.frazil.engine.evaluate.Values.evaluate;
import static io.frazil.engine.evaluate.Values.filter;
import static io.frazil.engine.evaluate.Values.integer;
import static io.frazil.engine.evaluate.Values.text;
import static io.frazil.engine.evaluate.Values.truth;
import static io.frazil.engine.evaluate.Values.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.And;
import io.frazil.engine.expression.Expression.Branch;
import io.frazil.engine.expression.Expression.Case;
import io.frazil.engine.expression.Expression.Coalesce;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Not;
import io.frazil.engine.expression.Expression.Or;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluateTest {
  private static final Boolean[] TRUTHS = {true, false, null};

  private final Expression x = column(0, Types.INTEGER);
  private final Batch numbers = Batch.of(4, vector(Types.INTEGER, 0L, 1L, null, 4L));

  @Test
  void bareColumnPassesItsVectorThrough() {
    Batch result = Projection.compile(List.of(x), Values.FUNCTIONS).evaluate(numbers);
    assertThat(result.column(0)).isSameAs(numbers.column(0));
  }

  @Test
  void logicFollowsThreeValuedTables() {
    for (Boolean a : TRUTHS) {
      for (Boolean b : TRUTHS) {
        Batch batch = Batch.of(1, vector(Types.BOOLEAN, a), vector(Types.BOOLEAN, b));
        Expression p = column(0, Types.BOOLEAN);
        Expression q = column(1, Types.BOOLEAN);
        Boolean and =
            Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                ? Boolean.FALSE
                : a == null || b == null ? null : Boolean.TRUE;
        Boolean or =
            Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
                ? Boolean.TRUE
                : a == null || b == null ? null : Boolean.FALSE;
        assertThat(evaluate(new And(List.of(p, q)), batch)).isEqualTo(Arrays.asList(and));
        assertThat(evaluate(new Or(List.of(p, q)), batch)).isEqualTo(Arrays.asList(or));
        assertThat(evaluate(new Not(new And(List.of(p, q))), batch))
            .isEqualTo(Arrays.asList(and == null ? null : !and));
        assertThat(filter(batch, new And(List.of(p, q))).isEmpty()).isEqualTo(and != TRUTHS[0]);
        assertThat(filter(batch, new Or(List.of(p, q))).isEmpty()).isEqualTo(or != TRUTHS[0]);
        assertThat(
                evaluate(
                    Folding.fold(new And(List.of(truth(a), truth(b))), Values.FUNCTIONS),
                    Batch.of(1)))
            .isEqualTo(Arrays.asList(and));
      }
    }
  }

  /// The second operand rejects no row, so that the third sees the rows that the first has left.
  @Test
  void operandsOfAndKeepTheirRowsApart() {
    Batch batch =
        Batch.of(
            6,
            vector(Types.INTEGER, 0L, 1L, 2L, 3L, 4L, 5L),
            vector(Types.INTEGER, 0L, 1L, 9L, 3L, 9L, null),
            vector(Types.INTEGER, 7L, 7L, 7L, 7L, 7L, 7L));
    Expression y = column(1, Types.INTEGER);
    Expression all =
        new And(
            List.of(
                compare(x, ComparisonOperator.GREATER, integer(0)),
                compare(column(2, Types.INTEGER), ComparisonOperator.EQUAL, integer(7)),
                compare(x, ComparisonOperator.DISTINCT, y),
                new Not(new IsNull(y))));
    Expression or = new Or(List.of(all, compare(x, ComparisonOperator.EQUAL, integer(0))));
    assertThat(filter(batch, or)).containsExactly(0, 2, 4);
  }

  @Test
  void divisionBehindItsGuardNeverFails() {
    Expression guarded =
        new And(
            List.of(
                compare(x, ComparisonOperator.NOT_EQUAL, integer(0)),
                compare(
                    arithmetic(integer(8), ArithmeticOperator.DIVIDE, x),
                    ComparisonOperator.GREATER,
                    integer(2))));
    assertThat(filter(numbers, guarded)).containsExactly(1);
    assertThat(evaluate(guarded, numbers)).containsExactly(false, true, null, false);
  }

  @Test
  void divisionInBranchSeesItsOwnRowsOnly() {
    Expression guarded =
        new Case(
            List.of(new Branch(compare(x, ComparisonOperator.EQUAL, integer(0)), integer(-1))),
            arithmetic(integer(8), ArithmeticOperator.DIVIDE, x),
            Types.INTEGER);
    assertThat(evaluate(guarded, numbers)).containsExactly(-1L, 8L, null, 2L);
  }

  @Test
  void divisionByZeroNamesItsOperands() {
    assertThatThrownBy(
            () -> evaluate(arithmetic(integer(8), ArithmeticOperator.DIVIDE, x), numbers))
        .isInstanceOf(FrazilException.class)
        .hasMessage("Division by zero: 8 / 0");
  }

  @Test
  void deadRowsRaiseNothing() {
    Batch live = numbers.select(new int[] {1, 3}, 2);
    assertThat(evaluate(arithmetic(integer(8), ArithmeticOperator.DIVIDE, x), live))
        .containsExactly(8L, 2L);
  }

  @Test
  void overflowOfDeadOrNullRowsIsNone() {
    Batch batch =
        Batch.of(3, vector(Types.BIGINT, Long.MAX_VALUE, 5L, null)).select(new int[] {1, 2}, 2);
    Expression sum = arithmetic(column(0, Types.BIGINT), ArithmeticOperator.ADD, bigint(1));
    assertThat(evaluate(sum, batch)).containsExactly(6L, null);
    assertThatThrownBy(() -> evaluate(sum, batch.select(new int[] {0}, 1)))
        .hasMessage("9223372036854775807 + 1 is out of range for bigint");
  }

  @Test
  void coalesceTakesFirstThatIsNotNull() {
    assertThat(evaluate(new Coalesce(List.of(x, integer(7))), numbers))
        .containsExactly(0L, 1L, 7L, 4L);
  }

  @Test
  void nullTestsAreNeverNull() {
    assertThat(evaluate(new IsNull(x), numbers)).containsExactly(false, false, true, false);
    assertThat(filter(numbers, new Not(new IsNull(x)))).containsExactly(0, 1, 3);
  }

  @Test
  void predicateThatAllRowsPassGivesItsInput() {
    var predicate =
        Predicate.compile(
            List.of(compare(x, ComparisonOperator.NOT_DISTINCT, x)), Values.FUNCTIONS);
    assertThat(predicate.filter(numbers)).isSameAs(numbers);
  }

  @Test
  void moneyStaysInLongs() {
    Vector price = vector(Types.decimal(15, 2), new BigDecimal("901.00"), new BigDecimal("9.99"));
    Expression p = column(0, Types.decimal(15, 2));
    Expression discounted =
        arithmetic(
            p,
            ArithmeticOperator.MULTIPLY,
            arithmetic(decimal("1.00"), ArithmeticOperator.SUBTRACT, decimal("0.05")));
    Batch batch = Batch.of(2, price);
    assertThat(evaluate(discounted, batch))
        .containsExactly(new BigDecimal("855.9500"), new BigDecimal("9.4905"));
    assertThat(Projection.compile(List.of(discounted), Values.FUNCTIONS).evaluate(batch).column(0))
        .isInstanceOf(LongVector.class);
  }

  @Test
  void likeMatchesParts() {
    Batch batch =
        Batch.of(4, vector(Types.VARCHAR, "special requests", "specialrequest", null, "reques"));
    Expression like = Values.call("like", column(0, Types.VARCHAR), text("%special%requests%"));
    assertThat(evaluate(like, batch)).containsExactly(true, false, null, false);
    assertThat(filter(batch, new Not(like))).containsExactly(1, 3);
  }

  @Test
  void castsBetweenNumbersRound() {
    assertThat(Values.value(cast(decimal("2.5"), Types.INTEGER))).isEqualTo(3L);
    assertThat(Values.value(cast(decimal("-2.5"), Types.INTEGER))).isEqualTo(-3L);
    assertThat(Values.value(cast(Values.literal(2.5, Types.DOUBLE), Types.INTEGER))).isEqualTo(2L);
  }
}
