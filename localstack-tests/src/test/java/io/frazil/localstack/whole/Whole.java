package io.frazil.localstack.whole;

import io.frazil.coordinator.query.Queries;
import io.frazil.localstack.data.Lake;
import io.frazil.localstack.data.Leftovers;
import io.frazil.localstack.data.StoredObjects;
import io.frazil.localstack.data.StoredQueries;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.deployment.Deployment;
import io.frazil.localstack.deployment.Functions;
import io.frazil.localstack.deployment.StateMachines;
import io.frazil.localstack.doors.DirectDoor;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.doors.StateMachineDoor;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.Environments;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/// All of it on LocalStack: the template's functions, their tables, and where their queries'
/// objects lie. The tests of a run share one.
public final class Whole implements AutoCloseable {
  /// What a test locks that limits how often functions run at a time, all versions of them.
  public static final String CONCURRENCY = "functions' concurrency";

  private static final String NAME = "frazil";
  private static final String CALLER = "arn:aws:iam::000000000000:user/analyst";

  /// Through this API Gateway calls the HTTP function.
  private static final String LIVE = "live";

  private final LocalStack stack;
  private final Deployment deployment;
  private final Functions functions;
  private final Lake lake;
  private final S3Client s3;
  private final StoredObjects objects;
  private final Leftovers leftovers;
  private Deployed deployed;

  private Whole(LocalStack stack, Deployment deployment, Functions functions, Lake lake) {
    this.stack = stack;
    this.deployment = deployment;
    this.functions = functions;
    this.lake = lake;
    this.s3 = Buckets.client(stack);
    this.objects = new StoredObjects(s3);
    this.deployed = deployment.deployed();
    this.leftovers = new Leftovers(s3, deployed.resultsBucket(), deployment.lifecycle());
  }

  static Whole deploy(LocalStack stack) throws IOException {
    Path folder = Files.createTempDirectory("frazil-tables-");
    String warehouse = Buckets.create(stack);
    CompletableFuture<Lake> lake =
        CompletableFuture.supplyAsync(
            () -> Lake.generate(stack, Deployment.warehouse(warehouse), folder),
            Thread::startVirtualThread);
    Deployment deployment = Deployment.of(stack, NAME, warehouse, Map.of());
    return new Whole(stack, deployment, new Functions(stack), lake.join());
  }

  public Deployed deployed() {
    return deployed;
  }

  public Deployment deployment() {
    return deployment;
  }

  public Lake lake() {
    return lake;
  }

  public Functions functions() {
    return functions;
  }

  /// Who sees every request that a function makes.
  public FaultProxy view() {
    return stack.functionsView();
  }

  /// Waits until the deployed functions and their state machine ask for nothing any more.
  public boolean isQuietWithin(Duration limit) {
    return view().isQuietWithin(limit, this::isOurs);
  }

  /// Whether the deployed functions make it, or their state machine.
  public boolean isOurs(Call call) {
    return call.isByStepFunctions()
        || Stream.of(
                deployed.http(), deployed.coordinator(), deployed.worker(), deployed.largeWorker())
            .anyMatch(call::isBy);
  }

  public Environments environments() {
    return stack.environments();
  }

  /// Objects as they are, without anything in between.
  public StoredObjects objects() {
    return objects;
  }

  public Leftovers leftovers() {
    return leftovers;
  }

  /// What the store has of queries.
  public StoredQueries queries() {
    return new StoredQueries(s3, deployed.resultsBucket());
  }

  public DirectDoor direct() {
    return new DirectDoor(functions, deployed.coordinator());
  }

  public HttpApi http() {
    return http(CALLER);
  }

  /// The HTTP door to somebody else.
  public HttpApi http(String caller) {
    return http(deployed.httpName() + ":" + LIVE, caller);
  }

  /// The same of another version of its function.
  public HttpApi http(String version, String caller) {
    return new HttpApi(functions, version, deployment.gatewayKey(), caller);
  }

  public StateMachineDoor stateMachine() {
    return stateMachine(StateMachines.of(stack, deployment.stateMachine()));
  }

  /// The same door to another machine over the same queries.
  public StateMachineDoor stateMachine(StateMachines machine) {
    var queries =
        new Queries(Buckets.store(stack.endpoint()), deployed.results(), InstantSource.system());
    return new StateMachineDoor(queries, machine);
  }

  /// Publishes the next version of the functions that short queries go through, and has the HTTP
  /// API go to it.
  public Deployed upgrade(Deployment.Code code) {
    String worker = functions.publishNext(deployed.worker(), code.worker(), Map.of());
    String coordinator =
        functions.publishNext(
            deployed.coordinator(), code.coordinator(), Map.of("FRAZIL_WORKER", worker));
    String http =
        functions.publishNext(
            deployed.http(),
            code.coordinator(),
            Map.of("FRAZIL_WORKER", worker, "FRAZIL_COORDINATOR", coordinator));
    roll(new Deployed(http, coordinator, worker, deployed.largeWorker(), deployed.results()));
    return deployed;
  }

  /// Has the HTTP API go to these versions.
  public void roll(Deployed versions) {
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
