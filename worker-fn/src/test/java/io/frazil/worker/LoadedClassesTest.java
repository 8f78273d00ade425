package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.ParquetFileWriter;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fresh worker loads, each query that starts one pays for.
class LoadedClassesTest {
  /// Arrow's library, which reads results of others, as no worker does; and a mapper of objects.
  private static final List<String> FORBIDDEN =
      List.of(
          "org.apache.arrow.vector.",
          "org.apache.arrow.memory.",
          "com.fasterxml.jackson.databind.");

  private static final Schema SCHEMA =
      Schema.of(
          new Field("k", Types.BIGINT, false),
          new Field("s", Types.VARCHAR, true),
          new Field("d", Types.decimal(15, 2), true));

  private static final int ROWS = 1_000;

  @TempDir private Path folder;

  @Test
  void partialsAreWrittenAndReadWithoutArrowsLibrary() throws IOException {
    Path log = folder.resolve("classes.txt");
    var flags = List.of("-Xlog:class+load:file=" + log + "::filecount=0");
    try (var process = WorkerProcess.start(Path.of(""), folder, flags)) {
      PartialManifest partial = partial(process.call(scan()));
      assertThat(partial.rows()).isEqualTo(ROWS - 10);
      assertThat(partial(process.call(merge(partial))).rows()).isEqualTo(ROWS - 10);
    }
    try (Stream<String> lines = Files.lines(log)) {
      List<String> loaded = lines.toList();
      assertThat(loaded).anyMatch(line -> line.contains("org.apache.arrow.flatbuf.RecordBatch "));
      assertThat(loaded).filteredOn(line -> FORBIDDEN.stream().anyMatch(line::contains)).isEmpty();
    }
  }

  /// Reads a file, and divides what passes.
  private byte[] scan() {
    String table = folder + "/t.parquet";
    var store = new LocalObjectStore();
    try (ObjectWriter out = store.create(table);
        var file =
            new ParquetFileWriter(
                out, SCHEMA, ParquetWriteOptions.DEFAULT, new MemoryPool(64 << 20))) {
      rows().forEach(file::write);
      file.finish();
      assertThat(out.commit()).isTrue();
    }
    ObjectInfo info = store.head(table);
    var column = new Expression.Column(0, "k", Types.BIGINT, false);
    var least = new Expression.Literal(10L, Types.BIGINT);
    var scan =
        new PhysicalPlan.TableScan(
            1,
            new TableReference(List.of("t"), null),
            SCHEMA.fields().stream().map(ScanColumn::named).toList(),
            List.of(new Expression.Comparison(ComparisonOperator.GREATER_OR_EQUAL, column, least)),
            List.of(0, 1, 2),
            null,
            List.of());
    var split = new Split.Parquet(table, 0, info.size(), info.size(), info.version(), Map.of());
    var output =
        new Fragment.Output(
            folder + "/0.arrow", new Distribution.Hash(List.of(0), 3), Compression.ZSTD, 0);
    return request(0, scan, Map.of(1, List.of(split)), Map.of(), output);
  }

  private static List<Batch> rows() {
    var rows = new BatchBuilder(SCHEMA);
    for (long i = 0; i < ROWS; i++) {
      rows.row(i, i % 7 == 0 ? null : "row " + i % 100, i % 3 == 0 ? null : i);
    }
    return rows.batches();
  }

  /// Reads what that wrote.
  private byte[] merge(PartialManifest partial) {
    var input = new PhysicalPlan.StageInput(1, 0, SCHEMA);
    var output =
        new Fragment.Output(
            folder + "/1.arrow", new Distribution.Gather(), Compression.NONE, 1 << 20);
    return request(1, input, Map.of(), Map.of(0, List.of(partial)), output);
  }

  private byte[] request(
      int task,
      PhysicalPlan plan,
      Map<Integer, List<Split>> splits,
      Map<Integer, List<PartialManifest>> inputs,
      Fragment.Output output) {
    var fragment =
        new Fragment(
            Fragment.VERSION,
            BuildId.current(),
            BuildId.fingerprint(JoinFragment.FUNCTIONS),
            plan,
            splits,
            inputs,
            output,
            new Fragment.Limits(64 << 20, 1),
            folder.resolve("control.json").toString());
    return Json.encode(new FragmentRequest("q", task, 0, 1, FragmentJson.write(fragment)));
  }

  private static PartialManifest partial(byte[] answer) {
    FragmentResponse response = Json.decode(answer, FragmentResponse.class);
    assertThat(response.error()).isNull();
    return PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class);
  }
}
