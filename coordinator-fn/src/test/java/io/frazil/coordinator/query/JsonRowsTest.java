package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
  @Test
  void aValueOfEachTypeHasAForm() {
    assertThat(
            json(
                null,
                true,
                (byte) -1,
                (short) 2,
                3,
                1L << 62,
                0.1f,
                1e-10f,
                0.1,
                new BigDecimal("1.50"),
                "a\"",
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2024, 2, 29, 12, 34, 56),
                Instant.ofEpochSecond(0)))
        .isEqualTo(
            "[null,true,-1,2,3,4611686018427387904,0.1,1.0E-10,0.1,\"1.50\",\"a\\\"\","
                + "\"2024-02-29\",\"2024-02-29T12:34:56\",\"1970-01-01T00:00:00Z\"]");
  }

  @Test
  void whatIsNoNumberOfJsonsIsText() {
    assertThat(json(Float.NaN, Float.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY))
        .isEqualTo("[\"NaN\",\"-Infinity\",\"NaN\",\"Infinity\"]");
  }

  private static String json(Object... row) {
    return new String(Json.encode(JsonRows.row(Arrays.asList(row))), StandardCharsets.UTF_8);
  }
}
