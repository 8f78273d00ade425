package io.frazil.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  private static final int TREES = 500;

  @Test
  void everyPlanNodeComesBackAsItWas() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < TREES; seed++) {
      PhysicalPlan plan = new RandomPlans(seed).plan((int) (seed % 5));
      collect(plan, seen);
      assertThat(PlanJson.read(PlanJson.write(plan), PhysicalPlan.class))
          .as("seed %d", seed)
          .isEqualTo(plan);
    }
    assertThat(seen).isEqualTo(permitted(PhysicalPlan.class));
  }

  @Test
  void everyExpressionComesBackAsItWas() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < TREES; seed++) {
      Expression expression = new RandomPlans(seed).expression((int) (seed % 6));
      collect(expression, seen);
      assertThat(PlanJson.read(PlanJson.write(expression), Expression.class))
          .as("seed %d", seed)
          .isEqualTo(expression);
    }
    assertThat(seen).isEqualTo(permitted(Expression.class));
  }

  @Test
  void splitsAndStagesComeBackAsTheyWere() {
    for (long seed = 0; seed < TREES; seed++) {
      var random = new RandomPlans(seed);
      Split split = random.split();
      Stage stage = new Stage(3, random.plan(2), random.distribution(), List.of(0, 2));
      assertThat(PlanJson.read(PlanJson.write(split), Split.class))
          .as("seed %d", seed)
          .isEqualTo(split);
      assertThat(PlanJson.read(PlanJson.write(stage), Stage.class))
          .as("seed %d", seed)
          .isEqualTo(stage);
    }
  }

  @Test
  void aLiteralIsOneFlatObject() {
    assertThat(PlanJson.write(new Expression.Literal(-0.0, Types.DOUBLE)))
        .isEqualTo("{\"is\":\"literal\",\"type\":\"double\",\"value\":\"-0.0\"}");
  }

  @Test
  void textThatIsNoJsonIsRejected() {
    assertInvalid("{", "PhysicalPlan cannot be read: Unexpected end-of-input");
  }

  @Test
  void nullIsRejected() {
    assertInvalid("null", "PhysicalPlan cannot be read: it may not be null");
  }

  @Test
  void anUnknownNodeIsRejected() {
    assertInvalid(
        "{\"is\":\"teleport\",\"id\":1}",
        "PhysicalPlan cannot be read: 'is' has to be one of table-scan, ");
  }

  @Test
  void anUnknownMemberIsRejected() {
    String plan =
        PlanJson.write(new PhysicalPlan.StageInput(1, 0, new RandomPlans(1).plan(0).schema()));
    assertInvalid(
        plan.replace("\"stage\":0", "\"stage\":0,\"extra\":1"),
        "PhysicalPlan cannot be read: 'extra' is not known: members are id, stage, schema");
  }

  @Test
  void aMissingMemberIsRejected() {
    assertInvalid(
        "{\"is\":\"stage-input\",\"id\":1,\"schema\":{\"fields\":[]}}",
        "PhysicalPlan cannot be read: 'stage' is missing");
  }

  @Test
  void whatStandsBehindTheEndIsRejected() {
    String plan = PlanJson.write(new RandomPlans(1).plan(0));
    assertInvalid(plan + "{}", "PhysicalPlan cannot be read: something stands behind its end");
  }

  @Test
  void textBeyondTheLimitIsRejectedUnread() {
    assertInvalid(
        " ".repeat(PlanJson.MAX_LENGTH + 1),
        "PhysicalPlan of 6000001 characters is too large: at most 6000000 are read");
  }

  @Test
  void nestingBeyondTheLimitIsRejected() {
    assertInvalid(
        "{\"is\":\"limit\",\"input\":".repeat(PlanJson.MAX_DEPTH + 1),
        "PhysicalPlan cannot be read: Document nesting depth (501) exceeds the maximum allowed");
  }

  @Test
  void theDeepestThatIsWrittenIsRead() {
    Expression deepest = sum(PlanJson.MAX_DEPTH - 1);
    assertThat(PlanJson.read(PlanJson.write(deepest), Expression.class)).isEqualTo(deepest);
    assertThatThrownBy(() -> PlanJson.write(sum(PlanJson.MAX_DEPTH)))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
        .hasMessage(
            "The query is nested too deeply: in what is sent to workers, at most 500 brackets may"
                + " lie within each other");
  }

  private static Expression sum(int operators) {
    Expression one = new Expression.Literal(1L, Types.BIGINT);
    Expression sum = one;
    for (int i = 0; i < operators; i++) {
      sum = new Expression.Arithmetic(ArithmeticOperator.ADD, sum, one, Types.BIGINT);
    }
    return sum;
  }

  @Test
  void aLiteralOfAnotherTypeIsRejected() {
    assertThatThrownBy(() ->
            PlanJson.read(
                "{\"is\":\"literal\",\"type\":\"bigint\",\"value\":\"x\"}", Expression.class))
        .isInstanceOf(FrazilException.class)
        .hasMessage("Expression cannot be read: For input string: \"x\"");
  }

  private static void assertInvalid(String text, String message) {
    assertThatThrownBy(() -> PlanJson.read(text, PhysicalPlan.class))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MESSAGE))
        .hasMessageStartingWith(message);
  }

  private static void collect(PhysicalPlan plan, Set<Class<?>> into) {
    into.add(plan.getClass());
    plan.inputs().forEach(i -> collect(i, into));
  }

  private static void collect(Expression expression, Set<Class<?>> into) {
    into.add(expression.getClass());
    expression.operands().forEach(o -> collect(o, into));
  }

  private static Set<Class<?>> permitted(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses()).collect(Collectors.toSet());
  }
}
