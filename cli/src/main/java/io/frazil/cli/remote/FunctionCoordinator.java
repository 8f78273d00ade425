package io.frazil.cli.remote;

import io.frazil.cli.client.Coordinator;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.AskQuery;
import io.frazil.events.CancelQuery;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryStatus;
import io.frazil.s3.AwsHosts;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A deployment's coordinator function, invoked and waited for: the operators' door. A query that
/// outlasts it, or its loss, is asked about until it is over. Results are read from where they lie,
/// with the caller's own permissions.
final class FunctionCoordinator implements Coordinator {
  /// Longer than any function runs.
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(15).plusSeconds(30);

  /// How long an invocation may say nothing before its query is asked about. What stands between
  /// forgets connections on which nothing is sent, AWS's own NAT gateway after 350 s: the answer to
  /// a longer query might never come.
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long POLL_MILLIS = 1_000;

  /// How often in a row the state of a query may not be had.
  private static final int MISSES_MAX = 5;

  private final Requests requests;
  private final String path;
  private final ObjectStore store;
  private final MemoryPool memory;
  private final Duration silence;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  FunctionCoordinator(Requests requests, String path, ObjectStore store, MemoryPool memory) {
    this(requests, path, store, memory, SILENCE);
  }

  /// @param silence how long an invocation may say nothing before its query is asked about
  FunctionCoordinator(
      Requests requests, String path, ObjectStore store, MemoryPool memory, Duration silence) {
    this.requests = requests;
    this.path = path;
    this.store = store;
    this.memory = memory;
    this.silence = silence;
  }

  static FunctionCoordinator of(
      Endpoint.Function function, Map<String, String> environment, MemoryPool memory) {
    AwsSignature signature = AwsSignature.of("lambda", region(function.name()), environment);
    URI base =
        Stream.of("AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isBlank())
            .findFirst()
            .map(URI::create)
            .orElseGet(() -> URI.create("https://" + AwsHosts.of("lambda", signature.region())));
    return new FunctionCoordinator(
        new Requests(base, signature, ANSWER_TIMEOUT),
        "/2015-03-31/functions/%s/invocations?Qualifier=%s"
            .formatted(encoded(function.name()), encoded(function.qualifier())),
        S3ObjectStore.besideLocal(inRegion(environment, signature.region())),
        memory);
  }

  /// Results lie where the function runs, whatever region the environment is about.
  private static Map<String, String> inRegion(Map<String, String> environment, String region) {
    var there = new HashMap<>(environment);
    there.put("AWS_REGION", region);
    return there;
  }

  /// How far a query was when that was last asked.
  private record Asked(long nanos, Optional<QueryProgress> progress) {}

  @Override
  public byte[] run(byte[] request) {
    String id =
        QueryRunner.id(Objects.requireNonNull(Json.decode(request, QueryRequest.class).token()));
    byte[] answer;
    try {
      answer = answer(id, request);
    } catch (FrazilException e) {
      if (e.code() != ErrorCode.ATTEMPT_LOST) {
        throw e;
      }
      return ended(id).orElseThrow(() -> e);
    }
    return mayGoOn(answer) ? ended(id).orElse(answer) : answer;
  }

  /// What the invocation answers, or what is known of the query once that is over without an
  /// answer.
  private byte[] answer(String id, byte[] request) {
    var answered = new CompletableFuture<byte[]>();
    Thread invoking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answered.complete(invoke(request));
              } catch (RuntimeException | Error e) {
                answered.completeExceptionally(e);
              }
            });
    try {
      Optional<byte[]> answer = Optional.empty();
      while (answer.isEmpty()) {
        answer = withinSilence(answered).or(() -> over(id));
      }
      return answer.orElseThrow();
    } finally {
      // Where it was not waited for to its end.
      invoking.interrupt();
    }
  }

  private Optional<byte[]> withinSilence(CompletableFuture<byte[]> answered) {
    try {
      return Optional.of(answered.get(silence.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw Requests.interrupted(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("invoking threw what it cannot", e);
      }
    }
  }

  /// What a query gave; empty where it goes on, or nothing is known of it.
  private Optional<byte[]> over(String id) {
    return status(id).filter(s -> s.state().isTerminal()).map(ApiCoordinator::response);
  }

  /// Whether an answer says that its time was over, be it the query's own too.
  private static boolean mayGoOn(byte[] answer) {
    ErrorMessage error = Json.decode(answer, QueryResponse.class).error();
    return error != null && error.code().equals(ErrorCode.TIME_LIMIT.name());
  }

  /// Waits for the end of a query that may go on although this coordinator does not: asking has it
  /// taken on where nobody has it.
  ///
  /// @return what it gave; empty where nothing is known of it
  private Optional<byte[]> ended(String id) {
    int misses = 0;
    while (misses < MISSES_MAX) {
      Optional<QueryStatus> status = status(id);
      if (status.isPresent() && status.get().state().isTerminal()) {
        return Optional.of(ApiCoordinator.response(status.get()));
      }
      misses = status.isPresent() ? 0 : misses + 1;
      Requests.sleep(POLL_MILLIS);
    }
    return Optional.empty();
  }

  @Override
  public Optional<QueryProgress> progress(String token) {
    long now = System.nanoTime();
    Asked last = asked.get(token);
    if (last == null || now - last.nanos > PROGRESS_NANOS) {
      last = new Asked(now, ask(token));
      asked.put(token, last);
    }
    return last.progress;
  }

  @Override
  public boolean cancel(String token) {
    byte[] answer = invoke(Json.encode(new CancelQuery(QueryRunner.id(token))));
    Optional<ErrorMessage> refusal = refusal(answer);
    if (refusal.isEmpty()) {
      return true;
    }
    // The coordinator that is to run it may be starting still.
    if (refusal.get().code().equals(ErrorCode.QUERY_NOT_FOUND.name())) {
      return false;
    }
    throw ErrorMessages.decode(refusal.get());
  }

  /// Why the function did not do what it was asked; empty where it tells of a query instead.
  private static Optional<ErrorMessage> refusal(byte[] answer) {
    return Json.members(answer).contains("state")
        ? Optional.empty()
        : Optional.ofNullable(Json.decode(answer, QueryResponse.class).error());
  }

  @Override
  public ArrowBatchReader open(QueryResponse response) {
    try {
      return ArrowBatchReader.ofFile(store.open(Objects.requireNonNull(response.output())), memory);
    } catch (FrazilException e) {
      throw e.code() == ErrorCode.PERMISSION_DENIED ? unread(e) : e;
    }
  }

  /// That the function may be invoked says nothing of the bucket, and S3 seldom says what it
  /// misses.
  private static FrazilException unread(FrazilException denied) {
    return new FrazilException(
        ErrorCode.PERMISSION_DENIED,
        "The query has ended, but its result takes rights of your own to read: s3:GetObject on it,"
            + " and kms:Decrypt where its bucket has a KMS key. "
            + denied.getMessage(),
        denied);
  }

  /// What lies there expires.
  @Override
  public void forget(String token) {
    asked.remove(token);
  }

  private Optional<QueryProgress> ask(String token) {
    return status(QueryRunner.id(token))
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .map(ApiCoordinator::progress);
  }

  /// @return empty where the query is not accepted yet, or nobody has time to say
  private Optional<QueryStatus> status(String id) {
    try {
      return Optional.of(Json.decode(invoke(Json.encode(new AskQuery(id))), QueryStatus.class));
    } catch (FrazilException | MessageException e) {
      return Optional.empty();
    }
  }

  private byte[] invoke(byte[] payload) {
    Reply reply = requests.send("POST", path, payload, Map.of());
    if (!reply.isGood()) {
      throw reply.failure();
    }
    if (reply.header("X-Amz-Function-Error").isPresent()) {
      throw new FrazilException(
          ErrorCode.ATTEMPT_LOST,
          "The function failed: " + new String(reply.body(), StandardCharsets.UTF_8));
    }
    return reply.body();
  }

  private static Optional<String> region(String name) {
    return name.startsWith("arn:") ? Optional.of(name.split(":", -1)[3]) : Optional.empty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
