package io.frazil.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.VectorBuilder;
import io.frazil.engine.vector.VectorValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowRoundTripTest {
  private static final Schema SCHEMA = RandomBatches.ALL_TYPES;

  private final MemoryPool memory = new MemoryPool(256 << 20);

  @TempDir Path folder;

  @AfterEach
  void everythingWasGivenBack() {
    assertThat(memory.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStreamIsReadBack(long seed) {
    List<Batch> batches = new RandomBatches(seed).batches(SCHEMA, 5);
    byte[] stream = stream(SCHEMA, batches);
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofStream("test", new ByteArrayInputStream(stream), memory)) {
      assertThat(reader.schema()).isEqualTo(SCHEMA);
      assertThat(rows(reader)).as("seed %d", seed).isEqualTo(rows(batches));
    }
  }

  @Test
  void aFileIsReadBack() {
    List<Batch> batches = new RandomBatches(6).batches(SCHEMA, 3);
    String location = file(batches);
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofFile(new LocalObjectStore().open(location), memory)) {
      assertThat(reader.schema()).isEqualTo(SCHEMA);
      assertThat(rows(reader)).isEqualTo(rows(batches));
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void whatWasReadIsCompactedAndFlat() {
    Batch batch =
        Batch.of(3, VectorBuilder.of(Types.VARCHAR, "a", null, "ccc")).select(new int[] {1, 2}, 2);
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, true));
    byte[] stream = stream(schema, List.of(batch));
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofStream("test", new ByteArrayInputStream(stream), memory)) {
      Batch read = reader.next();
      assertThat(read).isNotNull();
      assertThat(read.selection()).isNull();
      assertThat(VectorValues.rows(read))
          .isEqualTo(List.of(Arrays.asList((Object) null), List.of("ccc")));
    }
  }

  @Test
  void nothingIsAStreamTooAndHasItsSchema() {
    byte[] stream = stream(SCHEMA, List.of());
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofStream("test", new ByteArrayInputStream(stream), memory)) {
      assertThat(reader.schema()).isEqualTo(SCHEMA);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void arrowsOwnReaderSeesTheSameValues() throws IOException {
    Schema schema =
        Schema.of(
            new Field("t", Types.TINYINT, true),
            new Field("s", Types.VARCHAR, true),
            new Field("d", Types.decimal(10, 2), true));
    Batch batch =
        Batch.of(
            3,
            VectorBuilder.of(Types.TINYINT, -128, null, 127),
            VectorBuilder.of(Types.VARCHAR, null, "ä", ""),
            VectorBuilder.of(Types.decimal(10, 2), -1, 2, null));
    byte[] stream = stream(schema, List.of(batch));
    try (var allocator = new RootAllocator();
        var reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      var root = reader.getVectorSchemaRoot();
      var t = (TinyIntVector) root.getVector("t");
      assertThat(List.of(t.get(0), t.isNull(1), t.get(2)))
          .isEqualTo(List.of((byte) -128, true, (byte) 127));
      var s = (VarCharVector) root.getVector("s");
      assertThat(s.isNull(0)).isTrue();
      assertThat(s.getObject(1)).hasToString("ä");
      assertThat(s.getObject(2)).hasToString("");
      var d = (DecimalVector) root.getVector("d");
      assertThat(d.getObject(0)).hasToString("-1.00");
      assertThat(d.getNullCount()).isEqualTo(1);
    }
  }

  @Test
  void aCutFileIsCorruption() {
    byte[] stream = stream(SCHEMA, new RandomBatches(8).batches(SCHEMA, 1));
    byte[] cut = Arrays.copyOf(stream, stream.length / 2);
    assertThatThrownBy(
            () -> {
              try (ArrowBatchReader reader =
                  ArrowBatchReader.ofStream("cut", new ByteArrayInputStream(cut), memory)) {
                rows(reader);
              }
            })
        .hasMessageStartingWith("'cut' is not complete Arrow data: ");
    assertThatThrownBy(() ->
            ArrowBatchReader.ofStream(
                "text", new ByteArrayInputStream("no arrow at all".getBytes()), memory))
        .hasMessageStartingWith("'text' is not complete Arrow data: ");
  }

  @Test
  void aBatchBeyondTheMemoryLimitSaysSo() {
    var small = new MemoryPool(10_000);
    Schema schema = Schema.of(new Field("a", Types.BIGINT, false));
    Batch batch = new RandomBatches(9).batch(schema, 4096);
    try (var writer = ArrowBatchWriter.stream(new ByteArrayOutputStream(), schema, small)) {
      assertThatThrownBy(() -> writer.write(batch)).hasMessageStartingWith("Arrow writer needs ");
    }
    assertThat(small.used()).isZero();
  }

  @Test
  void longTextsComeInRecordBatchesOfSomeMegabytes() {
    Schema schema =
        Schema.of(new Field("s", Types.VARCHAR, true), new Field("d", Types.VARCHAR, true));
    byte[] bytes = new byte[20_000];
    Arrays.fill(bytes, (byte) 'x');
    int[] lengths = new int[Batch.MAX_ROWS];
    Arrays.setAll(lengths, i -> i == 7 ? 0 : bytes.length - i);
    var texts =
        new StringVector(Types.VARCHAR, bytes, new int[lengths.length], lengths, 4096, null);
    var constant =
        DictionaryVector.constant(
            new StringVector(Types.VARCHAR, bytes, new int[1], new int[] {100}, 1, null), 4096);
    int[] live = new int[2_000];
    Arrays.setAll(live, i -> 2 * i + 1);
    var small = new MemoryPool(40 << 20);
    var out = new ByteArrayOutputStream();
    try (ArrowBatchWriter writer = ArrowBatchWriter.stream(out, schema, small)) {
      writer.write(Batch.of(4096, texts, constant).select(live, live.length));
      writer.finish();
    }
    var sizes = new ArrayList<Integer>();
    var read = new ArrayList<Integer>();
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofStream("test", new ByteArrayInputStream(out.toByteArray()), memory)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        int[] found = ((StringVector) batch.column(0)).lengths();
        Arrays.stream(found, 0, batch.length()).forEach(read::add);
        sizes.add(Arrays.stream(found, 0, batch.length()).sum());
      }
    }
    assertThat(read)
        .containsExactlyElementsOf(Arrays.stream(live).map(i -> lengths[i]).boxed().toList());
    assertThat(sizes).allMatch(size -> size <= 8 << 20);
    assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size > 7 << 20);
    assertThat(small.used()).isZero();
  }

  @Test
  void aTextLongerThanARecordBatchComesAlone() {
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, true));
    byte[] bytes = new byte[20 << 20];
    Arrays.fill(bytes, (byte) 'x');
    var texts =
        new StringVector(Types.VARCHAR, bytes, new int[3], new int[] {1, bytes.length, 1}, 3, null);
    byte[] stream = stream(schema, List.of(Batch.of(3, texts)));
    var rows = new ArrayList<Integer>();
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofStream("test", new ByteArrayInputStream(stream), memory)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        rows.add(batch.rows());
      }
    }
    assertThat(rows).containsExactly(1, 1, 1);
  }

  private byte[] stream(Schema schema, List<Batch> batches) {
    var bytes = new ByteArrayOutputStream();
    try (ArrowBatchWriter writer = ArrowBatchWriter.stream(bytes, schema, memory)) {
      batches.forEach(writer::write);
      writer.finish();
    }
    return bytes.toByteArray();
  }

  private String file(List<Batch> batches) {
    String location = folder.resolve("file.arrow").toString();
    try (ObjectWriter out = new LocalObjectStore().create(location);
        ArrowBatchWriter writer = ArrowBatchWriter.file(new ObjectOutput(out), SCHEMA, memory)) {
      batches.forEach(writer::write);
      writer.finish();
      assertThat(out.commit()).isTrue();
    }
    return location;
  }

  static List<List<Object>> rows(List<Batch> batches) {
    var rows = new ArrayList<List<Object>>();
    batches.forEach(batch -> rows.addAll(VectorValues.rows(batch)));
    return rows;
  }

  static List<List<Object>> rows(BatchReader reader) {
    var rows = new ArrayList<List<Object>>();
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      assertThat(batch.rows()).isBetween(1, Batch.MAX_ROWS);
      rows.addAll(VectorValues.rows(batch));
    }
    return rows;
  }
}
