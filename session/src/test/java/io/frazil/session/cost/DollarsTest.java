package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {
  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "0.05, $0.05",
    "0.5, $0.50",
    "0.0000212749, $0.0000213",
    "0.0000001, $0.0000001",
    "0.99999, $1.00",
    "3, $3.00",
    "12.345, $12.35",
    "1204.5, $1204.50"
  })
  void anAmountHasThreeDigitsThatCountAndCentsAtLeast(String amount, String text) {
    assertThat(Dollars.text(new BigDecimal(amount))).isEqualTo(text);
  }

  @Test
  void anIntervalHasBothEndsUnlessTheyLookTheSame() {
    assertThat(Dollars.text(new Interval(0.001, 0.0025))).isEqualTo("$0.001 to $0.0025");
    assertThat(Dollars.text(new Interval(0.0012341, 0.0012342))).isEqualTo("$0.00123");
  }

  @Test
  void whatIsNoAmountIsSaid() {
    assertThat(Dollars.parse(null)).isNull();
    assertThat(Dollars.parse("")).isNull();
    for (String nothing : List.of("0", "0.00", "-1")) {
      assertThatThrownBy(() -> Dollars.parse(nothing))
          .hasMessage("An amount of dollars is above 0, and not " + nothing);
    }
    assertThat(Dollars.parse("0.05")).isEqualByComparingTo("0.05");
    assertThatThrownBy(() -> Dollars.parse("five"))
        .isInstanceOf(FrazilException.class)
        .hasMessage("'five' is not an amount of dollars");
  }
}
