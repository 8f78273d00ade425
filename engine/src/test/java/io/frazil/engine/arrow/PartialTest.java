package io.frazil.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.Vector;
import io.frazil.engine.vector.VectorBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartialTest {
  private static final Schema SCHEMA = RandomBatches.ALL_TYPES;

  private final ObjectStore store = new LocalObjectStore();
  private final MemoryPool memory = new MemoryPool(256 << 20);

  @TempDir Path folder;
  private String location = "";

  @BeforeEach
  void name() {
    location = folder + "/queries/7/partial";
  }

  @AfterEach
  void everythingWasGivenBack() {
    assertThat(memory.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void eachConsumerReadsItsPartition(PartialWriter.Compression compression) {
    int partitions = 4;
    List<List<Batch>> written = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      written.add(new ArrayList<>());
    }
    PartialManifest manifest;
    try (PartialWriter writer = writer("a1", partitions, compression)) {
      List<Batch> batches = new RandomBatches(1).batches(SCHEMA, 12);
      for (int i = 0; i < batches.size(); i++) {
        int partition = i % (partitions - 1);
        writer.write(partition, batches.get(i));
        written.get(partition).add(batches.get(i));
      }
      manifest = writer.commit();
    }
    for (int i = 0; i < partitions; i++) {
      try (BatchReader reader = open(manifest, i, SCHEMA)) {
        assertThat(ArrowRoundTripTest.rows(reader))
            .as("partition %d", i)
            .isEqualTo(ArrowRoundTripTest.rows(written.get(i)));
      }
    }
    assertThat(manifest.partitions().get(3).rows()).isZero();
    assertThat(PartialReader.readManifest(store, location)).isEqualTo(manifest);
  }

  @Test
  void theWholeObjectIsAnArrowFile() {
    List<Batch> batches = new RandomBatches(2).batches(SCHEMA, 2);
    try (PartialWriter writer = writer("a1", 2, PartialWriter.Compression.NONE)) {
      writer.write(1, batches.get(0));
      writer.write(0, batches.get(1));
      writer.commit();
    }
    try (ArrowBatchReader reader = ArrowBatchReader.ofFile(store.open(location), memory)) {
      assertThat(reader.schema()).isEqualTo(SCHEMA);
      assertThat(ArrowRoundTripTest.rows(reader))
          .isEqualTo(ArrowRoundTripTest.rows(List.of(batches.get(1), batches.get(0))));
    }
  }

  @Test
  void smallBatchesAreGatheredIntoFullOnes() {
    var random = new RandomBatches(3);
    try (PartialWriter writer = writer("a1", 1, PartialWriter.Compression.NONE)) {
      int rows = 0;
      while (rows < 5000) {
        Batch batch = random.batch(SCHEMA, 50);
        writer.write(0, batch);
        rows += batch.rows();
      }
      PartialManifest manifest = writer.commit();
      assertThat(manifest.rows()).isEqualTo(rows);
      try (BatchReader reader = open(manifest, 0, SCHEMA)) {
        Batch first = reader.next();
        assertThat(first).isNotNull();
        assertThat(first.rows()).isEqualTo(Batch.MAX_ROWS);
      }
    }
  }

  @Test
  void aPartitionOfManyRequestsIsReadWhole() {
    Schema text = Schema.of(new Field("s", Types.VARCHAR, false));
    Vector value = VectorBuilder.of(Types.VARCHAR, "0123456789".repeat(200));
    Batch batch = Batch.of(3000, DictionaryVector.constant(value, 3000));
    PartialManifest manifest;
    try (var writer =
        new PartialWriter(store, location, "a1", text, 2, PartialWriter.Compression.NONE, memory)) {
      writer.write(1, batch);
      writer.write(1, batch);
      writer.write(0, batch);
      manifest = writer.commit();
    }
    assertThat(manifest.partitions().get(1).length()).isGreaterThan(12_000_000);
    try (BatchReader reader = open(manifest, 1, text)) {
      List<List<Object>> rows = ArrowRoundTripTest.rows(reader);
      assertThat(rows).hasSize(6000).containsOnly(List.of("0123456789".repeat(200)));
    }
  }

  @Test
  void theSecondAttemptReportsTheFirst() {
    PartialManifest first;
    try (PartialWriter writer = writer("a1", 3, PartialWriter.Compression.NONE)) {
      writer.write(1, new RandomBatches(4).batch(SCHEMA, 10));
      first = writer.commit();
    }
    try (PartialWriter writer = writer("a2", 3, PartialWriter.Compression.NONE)) {
      writer.write(2, new RandomBatches(5).batch(SCHEMA, 20));
      assertThat(writer.commit()).isEqualTo(first);
    }
    assertThat(first.attempt()).isEqualTo("a1");
  }

  @Test
  void anAttemptThatIsNotCommittedLeavesNothing() {
    try (PartialWriter writer = writer("a1", 1, PartialWriter.Compression.NONE)) {
      writer.write(0, new RandomBatches(6).batch(SCHEMA, 10));
    }
    assertThat(store.list(folder + "/")).isEmpty();
  }

  @Test
  void aManifestTravelsAsJson() throws JsonProcessingException {
    var manifest =
        new PartialManifest(
            "s3://b/k", "t1-0", 900, List.of(new PartialManifest.Range(8, 800, 10)));
    var json = new ObjectMapper();
    assertThat(json.readValue(json.writeValueAsString(manifest), PartialManifest.class))
        .isEqualTo(manifest);
  }

  @Test
  void whatIsNoPartialIsToldSo() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "anything at all, but no Arrow file");
    assertThatThrownBy(() -> PartialReader.readManifest(store, file.toString()))
        .hasMessage("'" + file + "' is not a task's partial result");
    var manifest =
        new PartialManifest(file.toString(), "a", 5, List.of(new PartialManifest.Range(0, 5, 1)));
    assertThatThrownBy(() -> open(manifest, 0, SCHEMA))
        .hasMessage("'" + file + "' has 34 bytes, not the 5 that were written");
  }

  @Test
  void whatIsHeldIsReserved() {
    var small = new MemoryPool(500_000);
    try (var writer =
        new PartialWriter(store, location, "a", SCHEMA, 1, PartialWriter.Compression.NONE, small)) {
      var random = new RandomBatches(7);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  writer.write(0, random.batch(SCHEMA, 500));
                }
              })
          .hasMessageStartingWith("partial writer needs ");
    }
    assertThat(small.used()).isZero();
  }

  private BatchReader open(PartialManifest manifest, int partition, Schema schema) {
    PartialManifest.Range range = manifest.partitions().get(partition);
    var bytes =
        new ObjectChannel(
            store.open(manifest.location(), manifest.bytes()), range.offset(), range.length());
    return PartialReader.open(manifest.location(), bytes, range.length(), schema, memory);
  }

  private PartialWriter writer(
      String attempt, int partitions, PartialWriter.Compression compression) {
    return new PartialWriter(store, location, attempt, SCHEMA, partitions, compression, memory);
  }
}
