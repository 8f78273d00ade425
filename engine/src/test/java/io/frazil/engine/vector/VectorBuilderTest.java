package io.frazil.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorBuilderTest {
  @Test
  void whatGoesInComesOut() {
    var random = new RandomBatches(7);
    for (Field field : RandomBatches.ALL_TYPES.fields()) {
      for (int i = 0; i < 200; i++) {
        Object value = random.value(field.type());
        Vector vector = VectorBuilder.of(field.type(), value, null);
        assertThat(VectorValues.value(vector, 0)).as(field.toString()).isEqualTo(value);
        assertThat(VectorValues.value(vector, 1)).isNull();
      }
    }
  }

  @Test
  void literalsGoInToo() {
    assertThat(VectorValues.value(VectorBuilder.of(Types.DATE, 365L), 0))
        .isEqualTo(LocalDate.of(1971, 1, 1));
    assertThat(VectorValues.value(VectorBuilder.of(Types.TIMESTAMP, -1L), 0))
        .isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000));
    assertThat(VectorValues.value(VectorBuilder.of(new DataType.Timestamp(9, true), 1L), 0))
        .isEqualTo(Instant.ofEpochSecond(0, 1));
    assertThat(VectorValues.value(VectorBuilder.of(Types.decimal(15, 2), 3), 0))
        .isEqualTo(new BigDecimal("3.00"));
    assertThat(VectorValues.value(VectorBuilder.of(Types.TINYINT, 5L), 0)).isEqualTo((byte) 5);
  }

  @Test
  void nullSlotsHoldZero() {
    var longs = (LongVector) VectorBuilder.of(Types.BIGINT, null, 5, null);
    assertThat(longs.values()).containsExactly(0, 5, 0);
    var text = (StringVector) VectorBuilder.of(Types.VARCHAR, null, "x", null);
    assertThat(text.lengths()).containsExactly(0, 1, 0);
    assertThat(VectorBuilder.of(Types.BIGINT, 1, 2).validity()).isNull();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> VectorBuilder.of(Types.TINYINT, 128))
        .hasMessage("'128' is not a tinyint");
    assertThatThrownBy(() -> VectorBuilder.of(Types.decimal(4, 2), new BigDecimal("100.00")))
        .hasMessage("'100.00' is not a decimal(4,2)");
    assertThatThrownBy(() -> VectorBuilder.of(Types.decimal(4, 2), new BigDecimal("0.001")))
        .hasMessage("'0.001' is not a decimal(4,2)");
    assertThatThrownBy(() -> VectorBuilder.of(Types.BIGINT, 1.5))
        .hasMessage("'1.5' is not a bigint");
    assertThatThrownBy(() -> VectorBuilder.of(Types.VARCHAR, 1)).hasMessage("'1' is not a varchar");
    assertThatThrownBy(
            () -> VectorBuilder.of(Types.TIMESTAMP, LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1)))
        .hasMessage("'2024-01-01T00:00:00.000000001' is not a timestamp");
  }

  @Test
  void rowsBecomeBatches() {
    var builder = new BatchBuilder(Schema.of(new Field("a", Types.INTEGER, true)));
    for (int i = 0; i < 5000; i++) {
      builder.row(i);
    }
    List<Batch> batches = builder.batches();
    assertThat(batches).extracting(Batch::rows).containsExactly(4096, 904);
    assertThat(VectorValues.rows(batches.get(1)).getFirst()).isEqualTo(List.of(4096));
    assertThatThrownBy(() -> builder.row(1, 2)).hasMessage("a row of 2 values for 1 columns");
  }

  @Test
  void rowsHonourTheSelection() {
    Batch batch =
        Batch.of(3, VectorBuilder.of(Types.INTEGER, 1, null, 3)).select(new int[] {1, 2, 0}, 2);
    assertThat(VectorValues.rows(batch))
        .isEqualTo(List.of(Arrays.asList((Object) null), List.of(3)));
  }
}
