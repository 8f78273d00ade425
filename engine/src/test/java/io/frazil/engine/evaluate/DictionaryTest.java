package io.frazil.engine.evaluate;

import static io.frazil.engine.evaluate.Values.call;
import static io.frazil.engine.evaluate.Values.column;
import static io.frazil.engine.evaluate.Values.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  private final Expression column = column(0, Types.VARCHAR);
  private final Projection upper =
      Projection.compile(List.of(call("upper", column)), Values.FUNCTIONS);

  @Test
  void functionOfDictionaryKeepsIdsAndIdentity() {
    var names = (DictionaryVector) Values.dictionary(Types.VARCHAR, List.of("a", "b", "a"), "c");
    var first = (DictionaryVector) upper.evaluate(Batch.of(3, names)).column(0);
    assertThat(first.ids()).isSameAs(names.ids());
    assertThat(Values.list(first)).containsExactly("A", "B", "A");
    Vector next = new DictionaryVector(new int[] {2, 0}, names.dictionary(), 2, null);
    var second = (DictionaryVector) upper.evaluate(Batch.of(2, next)).column(0);
    assertThat(second.dictionary()).isSameAs(first.dictionary());
    assertThat(Values.list(second)).containsExactly("C", "A");
  }

  @Test
  void anotherDictionaryIsComputedAnew() {
    upper.evaluate(Batch.of(1, Values.dictionary(Types.VARCHAR, List.of("a"), "c")));
    Vector other = Values.dictionary(Types.VARCHAR, Arrays.asList("x", null), "y");
    assertThat(Values.list(upper.evaluate(Batch.of(2, other)).column(0)))
        .containsExactly("X", null);
  }

  @Test
  void conditionsRunOnEntries() {
    Vector names = Values.dictionary(Types.VARCHAR, Arrays.asList("a", "b", null, "a"), "c");
    Expression isA = Values.compare(column, ComparisonOperator.EQUAL, text("a"));
    assertThat(Values.filter(Batch.of(4, names), isA)).containsExactly(0, 3);
    assertThat(Values.filter(Batch.of(4, names), new Expression.Not(isA))).containsExactly(1);
  }

  @Test
  void idsOfDeadRowsAreNotLookedAt() {
    var names = (DictionaryVector) Values.dictionary(Types.VARCHAR, List.of("a"), "b");
    Vector odd = new DictionaryVector(new int[] {99, 1}, names.dictionary(), 2, null);
    Batch batch = Batch.of(2, odd).select(new int[] {1}, 1);
    assertThat(Values.evaluate(call("concat", column, text("x")), batch)).containsExactly("bx");
    Expression isB = Values.compare(column, ComparisonOperator.EQUAL, text("b"));
    assertThat(Values.filter(batch, isB)).containsExactly(1);
  }
}
