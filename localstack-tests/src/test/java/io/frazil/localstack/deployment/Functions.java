package io.frazil.localstack.deployment;

import io.frazil.localstack.stack.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.waiters.LambdaWaiter;

/// Functions on LocalStack's Lambda.
public final class Functions implements AutoCloseable {
  private static final Duration INVOKE_LIMIT = Duration.ofMinutes(2);

  /// Hundreds may come at once.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLLS_MAX = 1200;

  private final LambdaClient lambda;
  private final LambdaWaiter waiter;

  public Functions(LocalStack stack) {
    this.lambda = client(stack.endpoint());
    this.waiter =
        LambdaWaiter.builder()
            .client(lambda)
            .overrideConfiguration(w ->
                w.maxAttempts(POLLS_MAX)
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(POLL)))
            .build();
  }

  /// Publishes another version of a function, which differs from one in its code and in some
  /// variables. It starts from a snapshot, as the template says: LocalStack's CloudFormation leaves
  /// that out. One at a time: a version is made of what its function is then.
  ///
  /// @param function the one's name and version, as `name:version`
  /// @param code its zip, as `s3://bucket/key`
  /// @return its name and version, as `name:version`
  public synchronized String publishNext(
      String function, String code, Map<String, String> changes) {
    String name = Deployed.name(function);
    var environment = new HashMap<>(variables(function));
    environment.putAll(changes);
    String[] place = code.split("/", 4);
    lambda.updateFunctionCode(f -> f.functionName(name).s3Bucket(place[2]).s3Key(place[3]));
    waiter.waitUntilFunctionUpdatedV2(f -> f.functionName(name));
    lambda.updateFunctionConfiguration(f ->
        f.functionName(name)
            .snapStart(s -> s.applyOn(SnapStartApplyOn.PUBLISHED_VERSIONS))
            .environment(e -> e.variables(environment)));
    waiter.waitUntilFunctionUpdatedV2(f -> f.functionName(name));
    return published(name);
  }

  /// The environment variables of a version, or of what the next one is made of.
  private Map<String, String> variables(String function) {
    return lambda.getFunctionConfiguration(f -> f.functionName(function)).environment().variables();
  }

  /// Has an alias name a version; makes it where it isn't there.
  ///
  /// @param function name and version, as `name:version`
  public void point(String alias, String function) {
    String name = Deployed.name(function);
    String version = function.substring(name.length() + 1);
    try {
      lambda.updateAlias(a -> a.functionName(name).name(alias).functionVersion(version));
    } catch (ResourceNotFoundException _) {
      lambda.createAlias(a -> a.functionName(name).name(alias).functionVersion(version));
    }
  }

  private String published(String name) {
    String version = lambda.publishVersion(f -> f.functionName(name)).version();
    waiter.waitUntilFunctionActiveV2(f -> f.functionName(name).qualifier(version));
    return name + ":" + version;
  }

  /// Invokes a version, once.
  ///
  /// @param function its name and version, as `name:version`
  public InvokeResponse invoke(String function, byte[] payload) {
    return lambda.invoke(i ->
        i.functionName(function).logType(LogType.TAIL).payload(SdkBytes.fromByteArray(payload)));
  }

  /// What a version answers.
  ///
  /// @throws AssertionError where the invocation fails
  public byte[] answer(String function, byte[] payload) {
    InvokeResponse response = invoke(function, payload);
    if (response.functionError() != null) {
      throw new AssertionError(function + " failed: " + response.payload().asUtf8String());
    }
    return response.payload().asByteArrayUnsafe();
  }

  /// Has a function run at most so many times at a time; more are refused.
  public void limit(String name, int concurrency) {
    lambda.putFunctionConcurrency(
        f -> f.functionName(name).reservedConcurrentExecutions(concurrency));
  }

  public void unlimited(String name) {
    lambda.deleteFunctionConcurrency(f -> f.functionName(name));
  }

  public LambdaClient lambda() {
    return lambda;
  }

  @Override
  public void close() {
    waiter.close();
    lambda.close();
  }

  private static LambdaClient client(URI endpoint) {
    return LambdaClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(LocalStack.REGION))
        .credentialsProvider(LocalStack.CREDENTIALS)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_LIMIT)
                .socketTimeout(INVOKE_LIMIT))
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }
}
