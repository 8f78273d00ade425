package io.frazil.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.VectorValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrowImportTest {
  private static final DictionaryProvider NO_DICTIONARIES =
      new DictionaryProvider.MapDictionaryProvider();

  private final BufferAllocator allocator = new RootAllocator();
  private final List<AutoCloseable> held = new ArrayList<>();

  @AfterEach
  void everythingWasGivenBack() throws Exception {
    for (AutoCloseable holder : held) {
      holder.close();
    }
    allocator.close();
  }

  @Test
  void unsignedIntegersBecomeWider() {
    var one = hold(new UInt1Vector("a", allocator));
    one.setSafe(0, (byte) 255);
    var two = hold(new UInt2Vector("b", allocator));
    two.setSafe(0, (char) 65535);
    var four = hold(new UInt4Vector("c", allocator));
    four.setSafe(0, -1);
    assertThat(read(1, one, two, four))
        .containsExactly(List.of((short) 255, 65535, 4_294_967_295L));
  }

  @Test
  void coarseTimesBecomeMicroseconds() {
    var seconds = hold(new TimeStampSecVector("a", allocator));
    seconds.setSafe(0, 1);
    seconds.setNull(1);
    var millis = hold(new TimeStampMilliTZVector("b", allocator, "Europe/Berlin"));
    millis.setSafe(0, -1);
    millis.setSafe(1, 0);
    assertThat(read(2, seconds, millis))
        .containsExactly(
            List.of(LocalDateTime.of(1970, 1, 1, 0, 0, 1), Instant.ofEpochMilli(-1)),
            Arrays.asList(null, Instant.EPOCH));
  }

  @Test
  void timesBeyondTheRangeAreRefused() {
    var seconds = hold(new TimeStampSecVector("when", allocator));
    seconds.setSafe(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> read(1, seconds))
        .hasMessage("column 'when' has a time beyond the range of microseconds");
  }

  @Test
  void allFormsOfTextAreRead() {
    var large = hold(new LargeVarCharVector("a", allocator));
    var view = hold(new ViewVarCharVector("b", allocator));
    String[] texts = {"short", "a text longer than a view holds inline", ""};
    large.allocateNew(3);
    view.allocateNew(3);
    for (int i = 0; i < texts.length; i++) {
      large.setSafe(i, texts[i].getBytes(StandardCharsets.UTF_8));
      view.setSafe(i, texts[i].getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(3, large, view))
        .containsExactly(List.of(texts[0], texts[0]), List.of(texts[1], texts[1]), List.of("", ""));
  }

  @Test
  void nullSlotsAreZeroedHoweverTheyCame() {
    var longs = hold(new BigIntVector("a", allocator));
    longs.setSafe(0, 7);
    longs.setSafe(1, 8);
    longs.setNull(1);
    longs.getDataBuffer().setLong(8, 99);
    longs.setValueCount(2);
    Batch batch = batch(2, NO_DICTIONARIES, longs);
    assertThat(((LongVector) batch.column(0)).values()).containsExactly(7, 0);
  }

  @Test
  void dictionariesOfTextComeWithTheirNulls() {
    var entries = hold(new VarCharVector("entries", allocator));
    entries.setSafe(0, "x".getBytes(StandardCharsets.UTF_8));
    entries.setNull(1);
    entries.setValueCount(2);
    var encoding = new DictionaryEncoding(5, false, new ArrowType.Int(8, true));
    var ids =
        hold(
            new TinyIntVector(
                "d", new FieldType(true, encoding.getIndexType(), encoding), allocator));
    ids.setSafe(0, 0);
    ids.setSafe(1, 1);
    ids.setNull(2);
    ids.setValueCount(3);
    var provider = new DictionaryProvider.MapDictionaryProvider(new Dictionary(entries, encoding));
    assertThat(VectorValues.rows(batch(3, provider, ids)))
        .isEqualTo(
            List.of(List.of("x"), Arrays.asList((Object) null), Arrays.asList((Object) null)));

    ids.setSafe(2, 9);
    assertThatThrownBy(() -> batch(3, provider, ids))
        .hasMessage("column 'd' refers to entry 9 of a dictionary of 2");
  }

  @Test
  void unknownTypesAreNamed() {
    var list = hold(ListVector.empty("l", allocator));
    assertThatThrownBy(() -> read(0, list))
        .hasMessage("column 'l' has the Arrow type List, which is not supported yet");
    var unsigned = hold(new UInt8Vector("u", allocator));
    assertThatThrownBy(() -> read(0, unsigned))
        .hasMessage("column 'u' has the Arrow type Int(64, false), which is not supported yet");
  }

  @Test
  void everyTypeHasItsCounterpart() {
    for (DataType type :
        List.of(
            Types.BOOLEAN,
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.DOUBLE,
            Types.VARCHAR,
            Types.DATE,
            Types.TIMESTAMP,
            new DataType.Timestamp(9, true),
            Types.decimal(38, 4))) {
      var field = new io.frazil.engine.type.Field("a", type, false);
      assertThat(ArrowSchemas.fromArrow(ArrowLibrary.field(field))).isEqualTo(field);
    }
  }

  private List<List<Object>> read(int rows, FieldVector... vectors) {
    return new ArrayList<>(VectorValues.rows(batch(rows, NO_DICTIONARIES, vectors)));
  }

  private static Batch batch(int rows, DictionaryProvider dictionaries, FieldVector... vectors) {
    for (FieldVector vector : vectors) {
      vector.setValueCount(rows);
    }
    var root = new VectorSchemaRoot(List.of(vectors));
    return new ArrowImport(root.getSchema(), dictionaries).read(root, 0, rows);
  }

  private <T extends AutoCloseable> T hold(T vector) {
    held.add(vector);
    return vector;
  }
}
