package io.frazil.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/// All of it on LocalStack: the functions, their tables, and where their queries' objects lie. The
/// tests of a run share one.
final class Whole implements AutoCloseable {
  private static final String OPTIONS =
      "--add-opens=java.base/java.nio=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -Dcalcite.default.charset=UTF-8";
  private static final String CALLER = "arn:aws:iam::000000000000:user/analyst";
  private static final String WORKERS = "2";

  /// Through this API Gateway calls the HTTP function.
  private static final String LIVE = "live";

  private final LocalStack stack;
  private final Functions functions;
  private final Lake lake;
  private Deployed deployed;
  private final S3Client s3;
  private final StoredObjects objects;

  private Whole(LocalStack stack, Functions functions, Lake lake, Deployed deployed) {
    this.stack = stack;
    this.functions = functions;
    this.lake = lake;
    this.deployed = deployed;
    this.s3 = Buckets.client(stack);
    this.objects = new StoredObjects(s3);
  }

  static Whole deploy(LocalStack stack) throws IOException {
    var functions = new Functions(stack);
    Path folder = Files.createTempDirectory(LocalStack.logs().getParent(), "whole-");
    Lake lake = Lake.generate(stack, folder.resolve("warehouse"));
    String results = "s3://" + Buckets.create(stack) + "/";
    Path coordinatorZip = FunctionZip.of("coordinator-fn", folder);
    var environment = new HashMap<String, String>();
    environment.put("JAVA_TOOL_OPTIONS", OPTIONS);
    environment.put("FRAZIL_RESULTS", results);
    environment.put("FRAZIL_WAREHOUSE", lake.folder().toString());
    environment.put("FRAZIL_WORKERS", WORKERS);
    environment.put("FRAZIL_LOCATIONS", lake.location());
    environment.put(
        "FRAZIL_WORKER",
        functions.publish(
            "frazil-worker",
            "io.frazil.worker.WorkerHandler",
            FunctionZip.of("worker-fn", folder),
            Map.of("JAVA_TOOL_OPTIONS", OPTIONS)));
    environment.put(
        "FRAZIL_COORDINATOR",
        functions.publish(
            "frazil-coordinator",
            "io.frazil.coordinator.CoordinatorHandler",
            coordinatorZip,
            environment));
    String http =
        functions.publish(
            "frazil-http", "io.frazil.coordinator.HttpHandler", coordinatorZip, environment);
    functions.point(LIVE, http);
    var deployed =
        new Deployed(
            http, environment.get("FRAZIL_COORDINATOR"), environment.get("FRAZIL_WORKER"), results);
    return new Whole(stack, functions, lake, deployed);
  }

  Deployed deployed() {
    return deployed;
  }

  Lake lake() {
    return lake;
  }

  Functions functions() {
    return functions;
  }

  /// Who sees every request that a function makes.
  FaultProxy view() {
    return stack.functionsView();
  }

  Environments environments() {
    return stack.environments();
  }

  /// Objects as they are, without anything in between.
  StoredObjects objects() {
    return objects;
  }

  Leftovers leftovers() {
    return new Leftovers(s3, deployed.results().split("/")[2]);
  }

  DirectDoor direct() {
    return new DirectDoor(functions, deployed.coordinator());
  }

  HttpApi http() {
    return http(CALLER);
  }

  /// The HTTP door to somebody else.
  HttpApi http(String caller) {
    return new HttpApi(functions, deployed.httpName() + ":" + LIVE, caller);
  }

  /// Publishes a next version of everything, and has the HTTP API go to it.
  Deployed upgrade() {
    var change = Map.of("FRAZIL_TEST_RELEASE", deployed.http());
    String worker = functions.publishNext(deployed.workerName(), change);
    String coordinator =
        functions.publishNext(deployed.coordinatorName(), Map.of("FRAZIL_WORKER", worker));
    String http =
        functions.publishNext(
            deployed.httpName(),
            Map.of("FRAZIL_WORKER", worker, "FRAZIL_COORDINATOR", coordinator));
    roll(new Deployed(http, coordinator, worker, deployed.results()));
    return deployed;
  }

  /// Has the HTTP API go to these versions.
  void roll(Deployed versions) {
    functions.point(LIVE, versions.http());
    deployed = versions;
  }

  @Override
  public void close() {
    try (s3;
        lake;
        functions) {
      // LocalStack itself is another's to stop.
    }
  }
}
