package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.type.Types;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Columns that a file lacks: nulls or a default where that is allowed, else an error.
class MissingColumnTest {
  private static final MessageType WITH_IDS =
      MessageTypeParser.parseMessageType("message m { required int64 id = 1; }");
  private static final MessageType WITHOUT_IDS =
      MessageTypeParser.parseMessageType("message m { required int64 id; }");

  private final MemoryStore store = new MemoryStore();
  private final Scans scans = new Scans(store);

  private AbstractThrowableAssert<?, ?> assertFails(MessageType schema, ScanColumn column) {
    write(schema);
    var fails =
        assertThatThrownBy(() -> scans.rows("f", List.of(column), List.of(0), List.of()))
            .isInstanceOfSatisfying(
                FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT));
    assertThat(store.open.get()).isZero();
    return fails;
  }

  private void write(MessageType schema) {
    store.put("f", TestFile.write(schema, List.<@Nullable Object[]>of(new Object[] {7L}), b -> b));
  }

  @Test
  void aColumnThatTheTableRequiresIsAnError() {
    assertFails(WITH_IDS, new ScanColumn("n", Types.BIGINT, false, 2, List.of(), null))
        .hasMessage("'f' has no column 'n', which its table requires");
    assertFails(WITHOUT_IDS, new ScanColumn("n", Types.BIGINT, false, null, List.of("n"), null))
        .hasMessage("'f' has no column 'n', which its table requires");
    assertFails(WITHOUT_IDS, new ScanColumn("n", Types.BIGINT, false, 2, List.of("n"), null))
        .hasMessage("'f' has no column 'n', which its table requires");
  }

  @Test
  void aFileWithNeitherFieldIdsNorANameMappingIsAnError() {
    assertFails(WITHOUT_IDS, new ScanColumn("id", Types.BIGINT, true, 1, null, null))
        .hasMessage(
            "'f' has no field ids and its table no name mapping: column 'id' cannot be found in"
                + " it");
  }

  @Test
  void aNameMappingFindsColumnsInAFileWithoutFieldIds() {
    write(WITHOUT_IDS);
    var mapped = new ScanColumn("renamed", Types.BIGINT, false, 1, List.of("old", "id"), null);

    assertThat(scans.rows("f", List.of(mapped), List.of(0), List.of()))
        .containsExactly(List.of(7L));
  }

  @Test
  void aColumnThatMayBeNullOrHasADefaultIsFilledIn() {
    write(WITH_IDS);
    var optional = new ScanColumn("a", Types.BIGINT, true, 2, List.of(), null);
    var defaulted =
        new ScanColumn("b", Types.BIGINT, false, 3, List.of(), new Literal(5L, Types.BIGINT));

    assertThat(scans.rows("f", List.of(optional, defaulted), List.of(0, 1), List.of()))
        .singleElement()
        .satisfies(row -> assertThat(row).containsExactly(null, 5L));
  }

  @Test
  void aColumnThatANameMappingLeavesOutIsFilledIn() {
    write(WITHOUT_IDS);
    var unmapped = new ScanColumn("id", Types.BIGINT, true, 1, List.of(), null);
    var defaulted =
        new ScanColumn("b", Types.BIGINT, false, 2, List.of(), new Literal(5L, Types.BIGINT));

    assertThat(scans.rows("f", List.of(unmapped, defaulted), List.of(0, 1), List.of()))
        .singleElement()
        .satisfies(row -> assertThat(row).containsExactly(null, 5L));
  }
}
