package io.frazil.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.Vector;
import io.frazil.engine.vector.VectorBuilder;
import io.frazil.engine.vector.VectorValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextBufferTest {
  private static final int ROUNDS = 20_000;

  @Test
  void integersAreAsInJava() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(new TextBuffer().appendLong(value)).hasToString(Long.toString(value));
    }
    assertThat(new TextBuffer().appendLong(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    assertThat(new TextBuffer().appendLong(Long.MAX_VALUE)).hasToString("9223372036854775807");
  }

  @Test
  void decimalsHaveAllTheirDigits() {
    var random = new SplittableRandom(2);
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      int scale = random.nextInt(38);
      assertThat(new TextBuffer().appendDecimal(value, scale))
          .hasToString(BigDecimal.valueOf(value, scale).toPlainString());
      long high = random.nextLong() >> random.nextInt(64);
      var wide =
          BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(value)));
      assertThat(new TextBuffer().appendDecimal(high, value, scale))
          .hasToString(new BigDecimal(wide, scale).toPlainString());
    }
  }

  @Test
  void datesAreIso() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < ROUNDS; i++) {
      LocalDate date = LocalDate.ofEpochDay(random.nextInt() >> random.nextInt(20));
      assertThat(new TextBuffer().appendDate(date.toEpochDay())).hasToString(date.toString());
    }
  }

  @Test
  void doublesAreShortestAndReadBack() {
    var random = new SplittableRandom(4);
    for (int i = 0; i < ROUNDS; i++) {
      double value =
          switch (random.nextInt(3)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt() / Math.pow(10, random.nextInt(8));
            default -> random.nextLong() * Math.pow(2, random.nextInt(-80, 10));
          };
      if (Double.isFinite(value)) {
        String text = new TextBuffer().appendDouble(value).toString();
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
        assertThat(new BigDecimal(text)).isEqualByComparingTo(Double.toString(value));
        float real = (float) value;
        String realText = new TextBuffer().appendFloat(real).toString();
        assertThat(Float.parseFloat(realText)).as(realText).isEqualTo(real);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-1.5, -1.5",
    "0.1, 0.1",
    "0.001, 0.001",
    "0.0001, 1e-4",
    "-0.00015, -1.5e-4",
    "1e15, 1000000000000000.0",
    "1234567890123456, 1234567890123456.0",
    "1e16, 1e16",
    "1.5e300, 1.5e300",
    "123456789.125, 123456789.125",
    "0.30000000000000004, 0.30000000000000004",
    "4.9e-324, 4.9e-324",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void doublesHaveOneForm(double value, String text) {
    assertThat(new TextBuffer().appendDouble(value)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "16777216, 16777216.0", "-0.0, -0.0", "3, 3.0", "1e20, 1e20"})
  void realsHaveTheirOwnDigits(float value, String text) {
    assertThat(new TextBuffer().appendFloat(value)).hasToString(text);
  }

  @Test
  void timestampsDropWhatIsZero() {
    var micros = (DataType.Timestamp) Types.TIMESTAMP;
    assertThat(timestamp(micros, 1_706_704_496_789_000L)).isEqualTo("2024-01-31 12:34:56.789");
    assertThat(timestamp(micros, 0)).isEqualTo("1970-01-01 00:00:00");
    assertThat(timestamp(micros, -1)).isEqualTo("1969-12-31 23:59:59.999999");
    assertThat(timestamp(new DataType.Timestamp(9, false), 1))
        .isEqualTo("1970-01-01 00:00:00.000000001");
    assertThat(timestamp(new DataType.Timestamp(6, true), 500_000))
        .isEqualTo("1970-01-01 00:00:00.5+00");
    Vector zoned = VectorBuilder.of(new DataType.Timestamp(6, true), Instant.EPOCH);
    var iso = new TextBuffer();
    ValueText.iso(zoned).append(0, iso);
    assertThat(iso).hasToString("1970-01-01T00:00:00Z");
  }

  @Test
  void everyFormOfAVectorIsWritten() {
    var random = new RandomBatches(5);
    for (Field field : RandomBatches.ALL_TYPES.fields()) {
      for (int i = 0; i < 20; i++) {
        Vector vector = random.vector(field, 10);
        ValueText text = ValueText.of(vector);
        for (int row = 0; row < 10; row++) {
          if (!vector.isNull(row)) {
            var out = new TextBuffer();
            text.append(row, out);
            assertThat(out.toString()).as(field.toString()).isEqualTo(expected(vector, row));
          }
        }
      }
    }
  }

  private static String expected(Vector vector, int row) {
    Object value = VectorValues.value(vector, row);
    return switch (value) {
      case BigDecimal d -> d.toPlainString();
      case Float f -> new TextBuffer().appendFloat(f).toString();
      case Double d -> new TextBuffer().appendDouble(d).toString();
      case LocalDateTime t -> withoutZeros(t.toString().replace('T', ' '));
      case Instant t ->
          withoutZeros(t.atOffset(ZoneOffset.UTC).toLocalDateTime().toString().replace('T', ' '))
              + "+00";
      case null, default -> String.valueOf(value);
    };
  }

  // Java leaves out zero seconds, and writes fractions by threes.
  private static String withoutZeros(String java) {
    String text = java.indexOf(':') == java.lastIndexOf(':') ? java + ":00" : java;
    return text.contains(".") ? text.replaceAll("0+$", "") : text;
  }

  private static String timestamp(DataType.Timestamp type, long units) {
    var out = new TextBuffer();
    ValueText.of(VectorBuilder.of(type, units)).append(0, out);
    return out.toString();
  }
}
