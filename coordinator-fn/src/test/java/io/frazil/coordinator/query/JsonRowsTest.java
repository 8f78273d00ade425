package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
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

  @Test
  void timestampsAlwaysHaveSecondsAndNoDigitsInVain() {
    assertThat(
            json(
                LocalDateTime.of(2026, 1, 31, 12, 0),
                LocalDateTime.of(2026, 1, 31, 12, 0, 1, 500_000_000),
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-01-31T12:00:00.500Z"),
                LocalDateTime.of(10_000, 1, 1, 0, 0),
                LocalDate.of(10_000, 1, 1)))
        .isEqualTo(
            "[\"2026-01-31T12:00:00\",\"2026-01-31T12:00:01.5\",\"2026-01-31T12:00:00Z\","
                + "\"2026-01-31T12:00:00.5Z\",\"+10000-01-01T00:00:00\",\"+10000-01-01\"]");
  }

  /// In files and in answers a value has one form.
  @Test
  void timestampsHaveTheFormThatTheyHaveInFiles() {
    for (DataType.Timestamp type :
        List.of(
            new DataType.Timestamp(6, false),
            new DataType.Timestamp(6, true),
            new DataType.Timestamp(9, false),
            new DataType.Timestamp(9, true))) {
      long second = type.unitsPerSecond();
      long[] units = {
        0, 1, -1, second / 2, -second / 2, 60 * second, 61 * second + second / 10, -62 * second
      };
      var vector = new LongVector(type, units, units.length, null);
      ValueText text = ValueText.iso(vector);
      Batch batch = Batch.of(units.length, vector);
      for (int row = 0; row < units.length; row++) {
        var inFiles = new TextBuffer();
        text.append(row, inFiles);
        assertThat(JsonRows.row(VectorValues.row(batch, row)))
            .as("%d of %s", units[row], type)
            .isEqualTo(List.of(inFiles.toString()));
      }
    }
  }

  private static String json(Object... row) {
    return new String(Json.encode(JsonRows.row(Arrays.asList(row))), StandardCharsets.UTF_8);
  }
}
