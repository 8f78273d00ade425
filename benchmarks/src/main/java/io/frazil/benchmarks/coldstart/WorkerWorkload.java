package io.frazil.benchmarks.coldstart;

import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryId;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// One fragment of a query, as a coordinator plans it: the one that scans the lines.
final class WorkerWorkload implements Workload {
  private final Fragment fragment;
  private final Map<String, String> environment;

  private WorkerWorkload(Fragment fragment, Map<String, String> environment) {
    this.fragment = fragment;
    this.environment = environment;
  }

  /// Runs the query once, with its workers in this process.
  ///
  /// @param lines where the query's table of lines lies
  static WorkerWorkload of(
      String sql, String lines, S3ObjectStore store, Map<String, String> environment) {
    var functions = BuiltInAggregates.register(BuiltInFunctions.registry());
    var worker = new WorkerHandler(FragmentRunner.ofFunction(store, functions, Optional.empty()));
    var seen = new CopyOnWriteArrayList<byte[]>();
    try (var dispatcher =
            new InProcessDispatcher(request -> {
              seen.add(request);
              return worker.handle(request);
            });
        SessionContext session =
            SessionContext.builder()
                .workers(1)
                .remoteWorkers()
                .dispatcher(dispatcher)
                .store(store)
                .root(Tables.BUCKET + "planning/")
                .build()) {
      try (QueryHandle query =
          session.sql(sql.replace("lineitem", "'" + lines + "' AS lineitem"))) {
        List<?> _ = query.rows();
      }
    }
    String fingerprint = BuildId.fingerprint(functions);
    Fragment scan =
        seen.stream()
            .map(bytes -> Json.decode(bytes, FragmentRequest.class).fragment())
            .map(fragment -> FragmentJson.read(fragment.json(), fingerprint))
            .filter(f -> !f.splits().isEmpty())
            .findFirst()
            .orElseThrow();
    return new WorkerWorkload(scan, environment);
  }

  @Override
  public String module() {
    return "worker-fn";
  }

  @Override
  public String handler() {
    return WorkerHandler.class.getName();
  }

  @Override
  public String memoryParameter() {
    return "WorkerMemory";
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public byte[] payload(int number) {
    String query = QueryId.next();
    String folder = Tables.BUCKET + "queries/" + query + "/";
    var output =
        new Fragment.Output(
            folder + "0.arrow",
            fragment.output().distribution(),
            fragment.output().compression(),
            fragment.output().inlineBytesMax());
    var task =
        new Fragment(
            fragment.version(),
            fragment.build(),
            fragment.functions(),
            fragment.plan(),
            fragment.splits(),
            fragment.inputs(),
            output,
            fragment.limits(),
            folder + "control.json");
    return Json.encode(new FragmentRequest(query, 0, 0, 1, FragmentJson.write(task)));
  }

  @Override
  public double workMillis(byte[] answer) {
    FragmentResponse response = Json.decode(answer, FragmentResponse.class);
    if (response.error() != null || response.partial() == null) {
      throw new IllegalStateException("the fragment failed: " + response.error());
    }
    return response.statistics().nodes().values().stream()
            .mapToLong(node -> node.getOrDefault("NANOS", 0L))
            .sum()
        / 1e6;
  }
}
