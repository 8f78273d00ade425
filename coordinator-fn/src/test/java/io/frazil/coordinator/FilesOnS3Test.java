package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.ParquetFileWriter;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files on S3 by their paths, with what patterns leave open.
class FilesOnS3Test {
  private static final Schema SCHEMA = Schema.of(new Field("n", Types.BIGINT, false));

  private final LoopbackS3 s3 = LoopbackS3.start();
  private final ObjectStore store = S3ObjectStore.besideLocal(s3.environment());
  private final SessionContext session = SessionContext.builder().store(store).build();

  @BeforeEach
  void write() {
    write("s3://bucket/logs/one.parquet", 1);
    write("s3://bucket/logs/two.parquet", 2);
    write("s3://bucket/logs/deep/four.parquet", 4);
    write("s3://bucket/logs/eight.csv", 8);
    write("s3://bucket/other/sixteen.parquet", 16);
  }

  @AfterEach
  void close() {
    session.close();
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/logs/one.parquet, 1",
    "s3://bucket/logs/*.parquet, 3",
    "s3://bucket/logs/t?o.parquet, 2",
    "'s3://bucket/logs/{one,two}.parquet', 3",
    "s3://bucket/logs/**.parquet, 7",
    "s3://bucket/*/*.parquet, 19",
    "s3://bucket/other/*, 16",
    "s3://bucket/logs/, 7"
  })
  void aPatternMeansTheFilesThatItMatches(String path, long sum) {
    try (QueryHandle query = session.sql("SELECT sum(n) FROM '" + path + "'")) {
      assertThat(String.valueOf(query.rows().getFirst().getFirst())).isEqualTo(String.valueOf(sum));
    }
  }

  @Test
  void whatMatchesNothingIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> session.sql("SELECT * FROM 's3://bucket/logs/*.orc'"))
        .hasMessageContaining("No file matches 's3://bucket/logs/*.orc'");
  }

  @Test
  void whatIsNoPatternIsAnErrorThatSaysWhy() {
    assertThatThrownBy(() -> session.sql("SELECT * FROM 's3://bucket/logs/[a.parquet'"))
        .hasMessageContaining("'s3://bucket/logs/[a.parquet' is not a pattern of files: ");
  }

  private void write(String location, long value) {
    var rows = new BatchBuilder(SCHEMA);
    rows.row(value);
    var memory = new MemoryPool(1 << 20);
    try (ObjectWriter out = store.create(location);
        var file = new ParquetFileWriter(out, SCHEMA, ParquetWriteOptions.DEFAULT, memory)) {
      List.copyOf(rows.batches()).forEach(file::write);
      file.finish();
      assertThat(out.commit()).isTrue();
    }
  }
}
