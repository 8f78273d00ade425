package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StoredTask;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a stored task asks of S3 for itself is paid as what its fragment asks is.
class StoredTaskRequestsTest {
  private static final String QUERY = "abcdef01";
  private static final String FOLDER = "s3://results/queries/" + QUERY + "/";
  private static final FunctionRegistry FUNCTIONS =
      BuiltInAggregates.register(BuiltInFunctions.registry());

  /// That it began where one attempt may, the partial where it is not inline, and the report.
  @ParameterizedTest
  @CsvSource({"NEXT_STEP, 65536, 2", "NEXT_STEP, 0, 3", "AT_ONCE, 65536, 1", "AT_ONCE, 0, 2"})
  void theReportTellsOfAllRequests(StoredTask.Retry retry, long inlineBytesMax, long puts) {
    try (LoopbackS3 s3 = LoopbackS3.start()) {
      ObjectStore store = S3ObjectStore.alone(s3::settings);
      byte[] request = Json.encode(request(inlineBytesMax));
      write(store, FOLDER + "tasks.json", request);
      var task =
          new StoredTask(
              QUERY,
              0,
              0,
              FOLDER + "tasks.json",
              0,
              request.length,
              FOLDER + "control.json",
              FOLDER + "report.json",
              FOLDER + "0.1.",
              retry);
      var runner =
          new FragmentRunner(store, FUNCTIONS, new MemoryPool(1 << 30), Duration.ofHours(1));
      new WorkerHandler(runner).handle(Json.encode(new RunStoredTask(task, 1)));

      FragmentResponse report =
          Json.decode(read(store, FOLDER + "report.json"), FragmentResponse.class);
      assertThat(report.error()).isNull();
      assertThat(report.statistics().puts()).isEqualTo(puts);
      assertThat(report.statistics().gets())
          .as("whether to stop, and the request")
          .isGreaterThanOrEqualTo(2);
    }
  }

  private static FragmentRequest request(long inlineBytesMax) {
    Schema schema = Schema.of(new Field("k", Types.BIGINT, false));
    List<List<Expression.Literal>> rows =
        List.of(List.of(new Expression.Literal(1L, Types.BIGINT)));
    var fragment =
        new Fragment(
            Fragment.VERSION,
            BuildId.current(),
            BuildId.fingerprint(FUNCTIONS),
            new PhysicalPlan.Values(1, schema, rows),
            Map.of(),
            Map.of(),
            new Fragment.Output(
                FOLDER + "0.arrow",
                new Distribution.Hash(List.of(0), 3),
                Compression.NONE,
                inlineBytesMax),
            new Fragment.Limits(64 << 20, 1),
            FOLDER + "control.json");
    return new FragmentRequest(QUERY, 0, 0, 1, FragmentJson.write(fragment));
  }

  private static void write(ObjectStore store, String location, byte[] bytes) {
    try (ObjectWriter writer = store.create(location)) {
      writer.write(bytes, 0, bytes.length);
      assertThat(writer.commit()).isTrue();
    }
  }

  private static byte[] read(ObjectStore store, String location) {
    try (ObjectReader reader = store.open(location)) {
      var bytes = new byte[(int) reader.info().size()];
      reader.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }
}
