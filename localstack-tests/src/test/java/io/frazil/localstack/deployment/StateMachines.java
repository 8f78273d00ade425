package io.frazil.localstack.deployment;

import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The state machine of long queries, as Step Functions runs it.
public final class StateMachines implements AutoCloseable {
  private static final Path DEFINITION =
      Path.of("..", "coordinator-fn", "src", "main", "asl", "query.asl.json");
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final String ROLE = "arn:aws:iam::000000000000:role/frazil";

  private static final Duration POLL = Duration.ofMillis(200);

  private final SfnClient client;
  private final String arn;

  private StateMachines(SfnClient client, String arn) {
    this.client = client;
    this.arn = arn;
  }

  /// One that is there.
  public static StateMachines of(LocalStack stack, String arn) {
    return new StateMachines(client(stack), arn);
  }

  public static StateMachines create(LocalStack stack, String name, Deployed deployed)
      throws IOException {
    SfnClient client = client(stack);
    String definition =
        Files.readString(DEFINITION)
            .replace("${CoordinatorArn}", FUNCTION + deployed.coordinator())
            .replace("${WorkerArn}", FUNCTION + deployed.worker())
            .replace("${LargeWorkerArn}", FUNCTION + deployed.worker())
            .replace("${Partition}", "aws")
            .replace("${Children}", "STANDARD");
    return new StateMachines(
        client,
        client
            .createStateMachine(m -> m.name(name).definition(definition).roleArn(ROLE))
            .stateMachineArn());
  }

  private static SfnClient client(LocalStack stack) {
    return SfnClient.builder()
        .endpointOverride(stack.endpoint())
        .region(Region.of(LocalStack.REGION))
        .credentialsProvider(LocalStack.CREDENTIALS)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /// Has a query's steps made.
  ///
  /// @return the execution
  public String start(String query) {
    return client
        .startExecution(
            e -> e.stateMachineArn(arn).name(query).input("{\"step\": \"" + query + "\"}"))
        .executionArn();
  }

  /// How an execution ended.
  public ExecutionStatus await(String execution, Duration limit) {
    Waiting.until(limit, POLL, () -> status(execution) != ExecutionStatus.RUNNING);
    return status(execution);
  }

  private ExecutionStatus status(String execution) {
    return client.describeExecution(e -> e.executionArn(execution)).status();
  }

  @Override
  public void close() {
    client.close();
  }
}
