package io.frazil.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialManifest.Range;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.VectorBuilder;
import io.frazil.engine.vector.VectorValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Partials are Arrow's format, though no code of Arrow's writes or reads them: its own library
/// reads what was written, and what it writes is read. Bytes that are no partial's are told so.
class PartialFormatTest {
  private static final Schema ALL_TYPES = RandomBatches.ALL_TYPES;

  private static final Schema SMALL =
      Schema.of(
          new Field("b", Types.BOOLEAN, true),
          new Field("i", Types.SMALLINT, false),
          new Field("n", Types.BIGINT, true),
          new Field("f", Types.REAL, false),
          new Field("s", Types.VARCHAR, true),
          new Field("t", Types.VARCHAR, false),
          new Field("d", Types.decimal(38, 10), true));

  /// What reading such a partial takes, and some more.
  private static final int SMALL_BYTES_MAX = 16 << 10;

  private static final int[] MASKS = {0x01, 0x80, 0xFF};

  private final ObjectStore store = new LocalObjectStore();
  private final MemoryPool memory = new MemoryPool(256 << 20);

  @TempDir Path folder;

  @AfterEach
  void everythingWasGivenBack() {
    assertThat(memory.used()).isZero();
  }

  static Stream<Arguments> seeds() {
    return IntStream.range(1, 9)
        .boxed()
        .flatMap(seed -> Arrays.stream(Compression.values()).map(form -> Arguments.of(seed, form)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenIsReadHereAndByArrowsLibrary(int seed, Compression compression) {
    Schema schema = schema(new SplittableRandom(seed));
    var random = new RandomBatches(seed);
    var written = new ArrayList<List<List<Object>>>();
    String location = folder + "/partial";
    PartialManifest manifest;
    try (var writer = new PartialWriter(store, location, "a", schema, 3, compression, memory)) {
      for (int partition = 0; partition < 3; partition++) {
        var rows = new ArrayList<List<Object>>();
        for (Batch batch : batches(random, schema, partition)) {
          writer.write(partition, batch);
          rows.addAll(VectorValues.rows(batch));
        }
        written.add(rows);
      }
      manifest = writer.commit();
    }
    for (int partition = 0; partition < 3; partition++) {
      assertThat(rows(manifest, partition, schema))
          .as("seed %d, partition %d", seed, partition)
          .isEqualTo(written.get(partition));
    }
    try (ArrowBatchReader reader = ArrowBatchReader.ofFile(store.open(location), memory)) {
      assertThat(reader.schema()).isEqualTo(schema);
      assertThat(ArrowRoundTripTest.rows(reader))
          .as("seed %d", seed)
          .isEqualTo(written.stream().flatMap(List::stream).toList());
    }
  }

  private static List<Batch> batches(RandomBatches random, Schema schema, int partition) {
    return switch (partition) {
      case 0 -> random.batches(schema, 4);
      case 1 -> List.of(random.batch(schema, Batch.MAX_ROWS), random.batch(schema, 1));
      default -> List.of(random.batch(schema, 0));
    };
  }

  /// Some columns of all types, or none.
  private static Schema schema(SplittableRandom random) {
    int percent = random.nextInt(101);
    return new Schema(
        ALL_TYPES.fields().stream().filter(_ -> random.nextInt(100) < percent).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatArrowsLibraryWritesIsReadHere(int seed, Compression compression) throws IOException {
    var random = new RandomBatches(seed);
    CodecType codec =
        switch (compression) {
          case NONE -> CodecType.NO_COMPRESSION;
          case ZSTD -> CodecType.ZSTD;
        };
    var bytes = new ByteArrayOutputStream();
    var written = new ArrayList<List<Object>>();
    for (int length : new int[] {1, 7, 8, 64, 65, 1000, Batch.MAX_ROWS}) {
      List<List<Object>> rows = VectorValues.rows(random.batch(ALL_TYPES, length));
      if (!rows.isEmpty()) {
        bytes.write(ArrowLibrary.recordBatch(ALL_TYPES, rows, codec));
        written.addAll(rows);
      }
    }
    assertThat(rows(bytes.toByteArray(), ALL_TYPES)).as("seed %d", seed).isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource
  void longTextIsReadBack(Compression compression) {
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, true));
    String[] texts = {"x".repeat(3_000_000), null, "", "ä".repeat(100_000)};
    Batch batch = Batch.of(4, VectorBuilder.of(Types.VARCHAR, (Object[]) texts));
    PartialManifest manifest = write(schema, batch, compression);
    assertThat(rows(manifest, 0, schema)).isEqualTo(VectorValues.rows(batch));
    try (ArrowBatchReader reader =
        ArrowBatchReader.ofFile(store.open(manifest.location()), memory)) {
      assertThat(ArrowRoundTripTest.rows(reader)).isEqualTo(VectorValues.rows(batch));
    }
  }

  @Test
  void columnsWithoutNullsHaveNoValidity() {
    Schema schema = Schema.of(new Field("n", Types.BIGINT, true));
    var random = new RandomBatches(1);
    Batch some = Batch.of(4096, random.vector(new Field("n", Types.BIGINT, false), 4096));
    PartialManifest manifest = write(schema, some, Compression.NONE);
    assertThat(manifest.partitions().getFirst().length()).isLessThan(4096 * 8 + 300);
  }

  @Test
  void whatDoesNotShrinkIsNotPacked() {
    Schema schema = Schema.of(new Field("n", Types.BIGINT, false));
    long[] values = new SplittableRandom(1).longs(4096).toArray();
    Batch batch = Batch.of(4096, new LongVector(Types.BIGINT, values, 4096, null));
    PartialManifest manifest = write(schema, batch, Compression.ZSTD);
    assertThat(manifest.partitions().getFirst().length()).isBetween(4096L * 8, 4096L * 8 + 300);
    assertThat(rows(manifest, 0, schema)).isEqualTo(VectorValues.rows(batch));
  }

  @Test
  void writingTakesNoMoreThanItReserves() {
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, false));
    Batch batch = Batch.of(1, VectorBuilder.of(Types.VARCHAR, "x".repeat(900_000)));
    var small = new MemoryPool(1 << 20);
    try (var writer =
        new PartialWriter(store, folder + "/p", "a", schema, 1, Compression.NONE, small)) {
      writer.write(0, batch);
      assertThat(small.used()).isGreaterThan(900_000);
      assertThatThrownBy(writer::commit).hasMessageStartingWith("partial writer needs 8");
    }
    assertThat(small.used()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aPartitionWithAnyByteChangedIsReadOrRefused(Compression compression) throws IOException {
    byte[] right = partition(small(compression));
    int refused = 0;
    for (int at = 0; at < right.length; at++) {
      for (int mask : MASKS) {
        byte[] wrong = right.clone();
        wrong[at] ^= (byte) mask;
        refused += isRefused(wrong, "byte %d ^ %d".formatted(at, mask)) ? 1 : 0;
      }
    }
    // What is no value, and no gap, is looked at.
    assertThat(refused).isGreaterThan(right.length / 4);
  }

  @Test
  void anObjectWithAnyByteChangedHasAManifestOrIsRefused() throws IOException {
    PartialManifest manifest = small(Compression.NONE);
    byte[] right = Files.readAllBytes(Path.of(manifest.location()));
    Range range = manifest.partitions().getFirst();
    Path file = folder.resolve("wrong");
    int refused = 0;
    for (int at = (int) (range.offset() + range.length()); at < right.length; at++) {
      for (int mask : MASKS) {
        byte[] wrong = right.clone();
        wrong[at] ^= (byte) mask;
        Files.write(file, wrong);
        try {
          PartialManifest _ = PartialReader.readManifest(store, file.toString());
        } catch (FrazilException e) {
          assertThat(e).hasMessage("'" + file + "' is not a task's partial result");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1 1 2 3", "0 1 -1 3", "0 2 1 3", "0 1 2 4096", "0 2000000000 -2000000000 3"})
  void textThatDoesNotLieInItsBytesIsRefused(String forged) throws IOException {
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, false));
    Batch batch = Batch.of(3, VectorBuilder.of(Types.VARCHAR, "a", "b", "c"));
    byte[] partition = partition(write(schema, batch, Compression.NONE));
    ByteBuffer bytes = ByteBuffer.wrap(partition).order(ByteOrder.LITTLE_ENDIAN);
    // Four offsets, and three bytes with their gap.
    int at = partition.length - 4 * Integer.BYTES - Long.BYTES;
    assertThat(bytes.getInt(at + 3 * Integer.BYTES)).isEqualTo(3);
    String[] offsets = forged.split(" ", -1);
    for (int i = 0; i < offsets.length; i++) {
      bytes.putInt(at + i * Integer.BYTES, Integer.parseInt(offsets[i]));
    }
    assertRefused(() -> rows(partition, schema), forged);
  }

  @ParameterizedTest
  @EnumSource
  void aPartitionThatIsCutIsRefused(Compression compression) throws IOException {
    byte[] partition = partition(small(compression));
    for (int length = 1; length < partition.length; length++) {
      byte[] cut = Arrays.copyOf(partition, length);
      assertRefused(() -> rows(cut, SMALL), "length " + length);
      // The bytes are fewer than they are said to be.
      assertRefused(() -> rows(cut, partition.length, SMALL), "length " + length);
    }
  }

  @Test
  void aCutObjectHasNoManifest() throws IOException {
    PartialManifest manifest = small(Compression.NONE);
    byte[] right = Files.readAllBytes(Path.of(manifest.location()));
    Path cut = folder.resolve("cut");
    for (int length = 0; length < right.length; length += 3) {
      Files.write(cut, Arrays.copyOf(right, length));
      assertThatThrownBy(() -> PartialReader.readManifest(store, cut.toString()))
          .hasMessage("'" + cut + "' is not a task's partial result");
    }
  }

  @Test
  void aManifestLongerThanWhatIsReadAtOnceIsRead() {
    Schema schema = Schema.of(new Field("n", Types.INTEGER, false));
    try (var writer =
        new PartialWriter(store, folder + "/p", "a", schema, 5000, Compression.NONE, memory)) {
      for (int partition = 0; partition < 5000; partition += 2) {
        writer.write(partition, Batch.of(1, VectorBuilder.of(Types.INTEGER, partition)));
      }
      PartialManifest manifest = writer.commit();
      assertThat(PartialReader.readManifest(store, folder + "/p")).isEqualTo(manifest);
      assertThat(rows(manifest, 4998, schema)).isEqualTo(List.of(List.of(4998)));
    }
  }

  @Test
  void bytesBeyondTheMemoryLimitSaySo() {
    PartialManifest manifest =
        write(ALL_TYPES, new RandomBatches(3).batch(ALL_TYPES, 4096), Compression.NONE);
    var tiny = new MemoryPool(10_000);
    try (var bytes = new ObjectChannel(store.open(manifest.location()), 0, manifest.bytes())) {
      Range range = manifest.partitions().getFirst();
      bytes.position(range.offset());
      try (BatchReader reader = PartialReader.open("p", bytes, range.length(), ALL_TYPES, tiny)) {
        assertThatThrownBy(reader::next).hasMessageStartingWith("Arrow reader needs ");
      }
    }
    assertThat(tiny.used()).isZero();
  }

  /// A column of each form.
  private PartialManifest small(Compression compression) {
    return write(SMALL, new RandomBatches(11).batch(SMALL, 40), compression);
  }

  private static byte[] partition(PartialManifest manifest) throws IOException {
    byte[] object = Files.readAllBytes(Path.of(manifest.location()));
    Range range = manifest.partitions().getFirst();
    int from = (int) range.offset();
    return Arrays.copyOfRange(object, from, from + (int) range.length());
  }

  private PartialManifest write(Schema schema, Batch batch, Compression compression) {
    try (var writer =
        new PartialWriter(store, folder + "/w", "a", schema, 1, compression, memory)) {
      writer.write(0, batch);
      return writer.commit();
    }
  }

  private static boolean isRefused(byte[] partition, String what) {
    var pool = new MemoryPool(SMALL_BYTES_MAX);
    var in = Channels.newChannel(new ByteArrayInputStream(partition));
    try (BatchReader reader = PartialReader.open("p", in, partition.length, SMALL, pool)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        look(batch);
      }
      return false;
    } catch (FrazilException e) {
      assertThat(e.code()).as("%s: %s", what, e).isEqualTo(ErrorCode.FILE_CORRUPT);
      return true;
    } finally {
      assertThat(pool.used()).as(what).isZero();
    }
  }

  /// Values may be any, but lie within their arrays.
  private static void look(Batch batch) {
    assertThat(batch.length()).isBetween(1, Batch.MAX_ROWS);
    for (int i = 0; i < batch.width(); i++) {
      assertThat(batch.column(i).length()).isEqualTo(batch.length());
      if (batch.column(i) instanceof StringVector text) {
        for (int row = 0; row < batch.length(); row++) {
          assertThat(text.text(row)).isNotNull();
        }
      }
    }
  }

  private static void assertRefused(Runnable read, String what) {
    assertThatThrownBy(read::run)
        .as(what)
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT));
  }

  private List<List<Object>> rows(PartialManifest manifest, int partition, Schema schema) {
    Range range = manifest.partitions().get(partition);
    var bytes =
        new ObjectChannel(
            store.open(manifest.location(), manifest.bytes()), range.offset(), range.length());
    try (BatchReader reader =
        PartialReader.open(manifest.location(), bytes, range.length(), schema, memory)) {
      return ArrowRoundTripTest.rows(reader);
    }
  }

  private List<List<Object>> rows(byte[] partition, Schema schema) {
    return rows(partition, partition.length, schema);
  }

  private List<List<Object>> rows(byte[] partition, long length, Schema schema) {
    var in = Channels.newChannel(new ByteArrayInputStream(partition));
    try (BatchReader reader = PartialReader.open("p", in, length, schema, memory)) {
      return ArrowRoundTripTest.rows(reader);
    }
  }
}
