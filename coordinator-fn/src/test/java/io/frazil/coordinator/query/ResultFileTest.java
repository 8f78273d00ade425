package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.StringVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  private static final int LONGEST = 40_000;

  @TempDir private Path folder;

  @Test
  void aBatchOfLongTextsIsWrittenInPiecesAndReadFromAny() {
    String location = folder.resolve("result.arrow").toString();
    var store = new LocalObjectStore();
    var schema = Schema.of(new Field("t", Types.VARCHAR, false));
    new ResultFile(store, location).write(schema, List.of(), longTexts(), new Nothing());
    var memory = new MemoryPool(64 << 20);
    var counts = new ArrayList<Integer>();
    try (var reader = ArrowBatchReader.ofFile(store.open(location), memory)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        counts.add(batch.rows());
      }
    }
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(Batch.MAX_ROWS);
    try (var rest = ArrowBatchReader.ofFile(store.open(location), 1, memory)) {
      var texts = (StringVector) Objects.requireNonNull(rest.next()).column(0);
      assertThat(texts.lengths()[0]).isEqualTo(LONGEST - counts.getFirst());
    }
    assertThat(memory.used()).isZero();
  }

  /// Each a character shorter than the one before.
  private static Batch longTexts() {
    byte[] bytes = new byte[LONGEST];
    Arrays.fill(bytes, (byte) 'x');
    int[] lengths = new int[Batch.MAX_ROWS];
    Arrays.setAll(lengths, row -> LONGEST - row);
    int[] starts = new int[lengths.length];
    return Batch.of(
        lengths.length,
        new StringVector(Types.VARCHAR, bytes, starts, lengths, lengths.length, null));
  }

  private static final class Nothing implements BatchReader {
    @Override
    public @Nullable Batch next() {
      return null;
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
