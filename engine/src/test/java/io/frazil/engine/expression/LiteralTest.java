package io.frazil.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.Types;
import org.junit.jupiter.api.Test;

class LiteralTest {
  @Test
  void realsAreFloats() {
    assertThat(new Literal(0.1, Types.REAL)).isEqualTo(new Literal((double) 0.1f, Types.REAL));
    assertThat(new Literal(0.1, Types.REAL).value()).isEqualTo((double) 0.1f);
    assertThat(new Literal(1e39, Types.REAL).value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new Literal(-1e39, Types.REAL).value()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(new Literal(Double.NaN, Types.REAL).value()).isEqualTo(Double.NaN);
    assertThat(new Literal(-0.0, Types.REAL).value()).isEqualTo(-0.0);
  }

  @Test
  void doublesKeepAllOfTheirDigits() {
    assertThat(new Literal(0.1, Types.DOUBLE).value()).isEqualTo(0.1);
    assertThat(new Literal(1e39, Types.DOUBLE).value()).isEqualTo(1e39);
  }
}
