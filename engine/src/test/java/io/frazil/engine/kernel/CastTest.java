package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every pair of types against [CastModel], both where a value that has no place is an error and
/// where it is null.
class CastTest {
  static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.decimal(3, 2),
          Types.decimal(15, 2),
          Types.decimal(18, 0),
          Types.decimal(38, 10),
          Types.decimal(38, 38),
          Types.VARCHAR,
          Types.DATE,
          Types.TIMESTAMP,
          new DataType.Timestamp(9, false),
          new DataType.Timestamp(6, true));

  @ParameterizedTest
  @FieldSource("TYPES")
  void valuesAreThoseOfTheModel(DataType from) {
    List<DataType> targets = TYPES.stream().filter(to -> Cast.exists(from, to)).toList();
    RandomRows.forEach(rows -> {
      for (int i = 0; i < 2; i++) {
        DataType to = targets.get(rows.random.nextInt(targets.size()));
        Vector vector = new CastValues(rows).vector(from, to);
        try {
          checkNull(rows, vector, to);
          checkFail(rows, vector, to);
        } catch (Throwable e) {
          throw new AssertionError(from.text() + " to " + to.text(), e);
        }
      }
    });
  }

  private static void checkNull(RandomRows rows, Vector vector, DataType to) {
    Vector result = Cast.of(vector.type(), to, OnError.NULL).apply(vector, rows.rows());
    assertThat(result.type()).isEqualTo(to);
    for (int p : rows.selection) {
      Object value = RandomVectors.value(vector, p);
      Object expected = value == null ? null : CastModel.cast(value, vector.type(), to);
      Object actual = RandomVectors.value(result, p);
      if (!Objects.equals(actual, expected)) {
        throw new AssertionError("%s became %s, not %s".formatted(value, actual, expected));
      }
      if (actual == null) {
        Object slot = RandomVectors.value(result.withValidity(null), p);
        assertThat(slot).as("the slot of a null").isEqualTo(CastModel.zero(to));
      }
    }
  }

  private static void checkFail(RandomRows rows, Vector vector, DataType to) {
    Cast cast = Cast.of(vector.type(), to, OnError.FAIL);
    @Nullable Object bad = null;
    for (int p : rows.valid()) {
      Object value = RandomVectors.value(vector, p);
      if (bad == null && value != null && CastModel.cast(value, vector.type(), to) == null) {
        bad = value;
      }
    }
    if (bad == null) {
      Vector result = cast.apply(vector, rows.rows());
      for (int p : rows.selection) {
        if (result.isNull(p) != rows.isNull(p)) {
          throw new AssertionError("row %d of %s".formatted(p, vector));
        }
      }
    } else {
      assertThat(Cast.canFail(vector.type(), to)).isTrue();
      assertThatThrownBy(() -> cast.apply(vector, rows.rows()))
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CAST))
          .hasMessageStartingWith("Cannot cast ")
          .hasMessageContaining(" to " + to.text());
    }
  }

  @Test
  void timesAreNoNumbers() {
    for (DataType time : List.of(Types.DATE, Types.TIMESTAMP)) {
      for (DataType number : List.of(Types.BOOLEAN, Types.INTEGER, Types.DOUBLE)) {
        assertThat(Cast.exists(time, number)).isFalse();
        assertThatThrownBy(() -> Cast.of(number, time, OnError.NULL))
            .hasMessage("Cannot cast %s to %s".formatted(number.text(), time.text()));
      }
    }
  }
}
