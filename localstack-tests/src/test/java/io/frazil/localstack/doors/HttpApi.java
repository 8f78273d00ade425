package io.frazil.localstack.doors;

import io.frazil.coordinator.http.Results;
import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import io.frazil.events.Problem;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.localstack.deployment.Functions;
import io.frazil.localstack.process.Waiting;
import io.frazil.session.QueryId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// The HTTP function, invoked with the events that API Gateway makes of requests.
///
/// @param http its name and version
/// @param key what tells the function that an event comes through the API
/// @param caller who asks, as IAM knows them
public record HttpApi(Functions functions, String http, String key, String caller) implements Door {
  private static final Duration POLL = Duration.ofMillis(200);

  /// A query that got nowhere for so long is asked for again.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private static final int ATTEMPTS_MAX = 8;

  /// How often a query's state or result is asked for while the question does not get through.
  private static final int REFUSED_MAX = 100;

  @Override
  public String query(String token) {
    return QueryId.of("iam:" + caller, token);
  }

  @Override
  public void cancel(String token) {
    HttpAnswer answer = ask("DELETE", "/v1/queries/" + query(token), null);
    if (answer.statusCode() != 202) {
      throw new AssertionError("a query that is to stop: " + answer);
    }
  }

  @Override
  public Outcome run(QueryRequest request) {
    QueryRequest repeatable =
        request.token() == null ? request.withToken(UUID.randomUUID().toString()) : request;
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      HttpAnswer submitted = ask("POST", "/v1/queries", repeatable);
      switch (submitted.statusCode()) {
        case 200 -> {
          return rows(decode(submitted, Results.Page.class));
        }
        case 202 -> {
          QueryStatus status = await(decode(submitted, QueryStatus.class).query());
          if (status.state().isTerminal()) {
            return outcome(status);
          }
        }
        default -> {
          if (isProblem(submitted)) {
            return new Outcome.Failed(error(submitted));
          }
          if (submitted.statusCode() == 503) {
            return new Outcome.TooMany();
          }
          // The query may be there: it is asked for again, like by anybody not at once.
          Waiting.pause(POLL);
        }
      }
    }
    throw new AssertionError("the query got nowhere, asked for " + ATTEMPTS_MAX + " times");
  }

  /// Sends a request, and takes API Gateway's part where the function is not to be had. An HTTP API
  /// answers with 503 where Lambda refuses an invocation by 429; its own 429 is for those who ask
  /// too often.
  public HttpAnswer ask(String method, String pathAndQuery, @Nullable Object body) {
    try {
      InvokeResponse response =
          functions.invoke(http, Json.encode(event(method, pathAndQuery, body)));
      return response.functionError() == null
          ? Json.decode(response.payload().asByteArray(), HttpAnswer.class)
          : gateway(500, "Internal Server Error");
    } catch (TooManyRequestsException _) {
      return gateway(503, "Service Unavailable");
    } catch (SdkClientException _) {
      // LocalStack resets connections where many come at once.
      return gateway(504, "Endpoint request timed out");
    }
  }

  public QueryStatus status(String query) {
    HttpAnswer answer = look("/v1/queries/" + query);
    if (answer.statusCode() != 200) {
      throw new AssertionError("the state of a query: " + answer);
    }
    return decode(answer, QueryStatus.class);
  }

  /// Asks until the function itself answers.
  private HttpAnswer look(String pathAndQuery) {
    HttpAnswer answer = ask("GET", pathAndQuery, null);
    for (int asked = 1; isOfGateway(answer) && asked < REFUSED_MAX; asked++) {
      Waiting.pause(POLL);
      answer = ask("GET", pathAndQuery, null);
    }
    return answer;
  }

  public static ErrorMessage error(HttpAnswer answer) {
    if (!isProblem(answer)) {
      throw new AssertionError("not a problem as they are told: " + answer);
    }
    Problem problem = decode(answer, Problem.class);
    return new ErrorMessage(problem.code(), "", problem.detail(), problem.position());
  }

  private static boolean isProblem(HttpAnswer answer) {
    return "application/problem+json".equals(answer.headers().get("content-type"));
  }

  static <T> T decode(HttpAnswer answer, Class<T> type) {
    return Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), type);
  }

  /// Follows a query to its end, or until it is silent.
  private QueryStatus await(String query) {
    long heard = System.nanoTime();
    QueryStatus status = status(query);
    while (!status.state().isTerminal() && System.nanoTime() - heard < SILENCE_MAX.toNanos()) {
      Waiting.pause(POLL);
      QueryStatus next = status(query);
      heard = next.equals(status) ? heard : System.nanoTime();
      status = next;
    }
    return status;
  }

  private Outcome outcome(QueryStatus status) {
    if (status.state() != Phase.DONE) {
      return new Outcome.Failed(java.util.Objects.requireNonNull(status.error()));
    }
    HttpAnswer first = look("/v1/queries/" + status.query() + "/results");
    return rows(decode(first, Results.Page.class));
  }

  private Outcome rows(Results.Page first) {
    var rows = new ArrayList<List<@Nullable Object>>(first.rows());
    Results.Page page = first;
    while (page.next() != null) {
      String path = "/v1/queries/" + first.query() + "/results?page=" + page.next();
      page = decode(look(path), Results.Page.class);
      rows.addAll(page.rows());
    }
    return Outcome.Answered.of(first.columns(), rows);
  }

  /// Whether the function itself was never asked, or not heard.
  private static boolean isOfGateway(HttpAnswer answer) {
    return !isProblem(answer) && (answer.statusCode() == 503 || answer.statusCode() == 504);
  }

  private static HttpAnswer gateway(int status, String message) {
    return new HttpAnswer(
        status,
        Map.of("content-type", "application/json"),
        "{\"message\":\"" + message + "\"}",
        false);
  }

  private Map<String, Object> event(String method, String pathAndQuery, @Nullable Object body) {
    String[] parts = pathAndQuery.split("\\?", 2);
    var event =
        new java.util.HashMap<String, Object>(
            Map.of(
                "version",
                "2.0",
                "routeKey",
                method + " " + parts[0],
                "rawPath",
                parts[0],
                "rawQueryString",
                parts.length == 1 ? "" : parts[1],
                "headers",
                Map.of("content-type", "application/json", "host", "api"),
                "requestContext",
                Map.of(
                    "accountId",
                    "000000000000",
                    "apiId",
                    "api",
                    "stage",
                    "$default",
                    "requestId",
                    UUID.randomUUID().toString(),
                    "http",
                    Map.of("method", method, "path", parts[0], "sourceIp", "127.0.0.1"),
                    "authorizer",
                    Map.of("iam", Map.of("userArn", caller))),
                "stageVariables",
                Map.of("gatewayKey", key),
                "isBase64Encoded",
                false));
    if (body != null) {
      event.put("body", new String(Json.encode(body), StandardCharsets.UTF_8));
    }
    return event;
  }
}
