package io.frazil.coordinator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.frazil.coordinator.fanout.Leader;
import io.frazil.coordinator.http.Starter;
import io.frazil.coordinator.prime.Priming;
import io.frazil.coordinator.query.Failure;
import io.frazil.coordinator.query.Queries;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.QuerySteps;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.AskQuery;
import io.frazil.events.CancelQuery;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import io.frazil.events.MessageException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryStatus;
import io.frazil.events.RunQuery;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepQuery;
import io.frazil.session.dispatch.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The coordinator function: a [QueryRequest] in, a [QueryResponse] out; or a [RunQuery], which has
/// it take on a query that was accepted and is answered by `{}`. An [AskQuery] or a [CancelQuery]
/// about a query of this door is answered by its [QueryStatus], a [StepQuery] by a [StepAnswer],
/// and [LeadTasks] by [LedTasks]. Whatever goes wrong, or would not fit into an answer, is in a
/// response, never as a stack trace; but a step that may be made later fails as [StepUnavailable],
/// as a state machine's `Retry` alone has backoff and a count.
public final class CoordinatorHandler implements RequestStreamHandler {
  private static final Duration FOREVER = Duration.ofDays(1);

  /// What it takes to answer.
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);

  /// Why there is no answer where no invocation could return it: the HTTP door has the same code.
  private static final String ANSWER_TOO_LARGE = "ANSWER_TOO_LARGE";

  private final QueryRunner runner;
  private final QuerySteps steps;
  private final Optional<Leader> leader;
  private final Optional<Starter> coordinators;

  /// As the environment says: see [Environment].
  public CoordinatorHandler() {
    this(Environment.of(System.getenv()));
    Priming.registerCoordinator(primed -> new CoordinatorHandler(primed)::handle);
  }

  private CoordinatorHandler(Environment environment) {
    this(environment.runner(), environment.leader(), environment.coordinators());
  }

  public CoordinatorHandler(QueryRunner runner) {
    this(runner, Optional.empty(), Optional.empty());
  }

  /// @param leader hands on the tasks of other coordinators' queries
  /// @param coordinators take on queries whose coordinator was lost, once somebody asks for them
  public CoordinatorHandler(
      QueryRunner runner, Optional<Leader> leader, Optional<Starter> coordinators) {
    this.runner = runner;
    this.steps = new QuerySteps(runner);
    this.leader = leader;
    this.coordinators = coordinators;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    Duration left =
        context == null ? FOREVER : Duration.ofMillis(context.getRemainingTimeInMillis());
    out.write(handle(in.readNBytes(Json.MAX_BYTES + 1), left));
  }

  /// The same for a caller in this process.
  public byte[] handle(byte[] request) {
    return handle(request, FOREVER);
  }

  private byte[] handle(byte[] request, Duration left) {
    byte[] answer;
    try {
      answer = Json.encode(answer(request, Json.members(request), left));
    } catch (StepUnavailable e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return Json.encode(failed(broken(null, e)));
    }
    return answer.length <= Json.MAX_BYTES ? answer : Json.encode(tooLarge(answer.length));
  }

  private static QueryResponse tooLarge(int bytes) {
    return QueryResponse.failed(
        null,
        new ErrorMessage(
            ANSWER_TOO_LARGE,
            ErrorClass.USER.name(),
            "The answer would have %d bytes, and %d is the most that a function returns"
                .formatted(bytes, Json.MAX_BYTES),
            null));
  }

  /// What goes wrong, said in the log where that is our own fault.
  private FrazilException broken(@Nullable String query, Throwable e) {
    FrazilException known = Failure.exception(e);
    if (known.errorClass() == ErrorClass.INTERNAL) {
      runner.log().requestBroke(query, null, known);
    }
    return known;
  }

  private Object answer(byte[] request, Set<String> members, Duration left) {
    String query = null;
    try {
      if (members.contains("step")) {
        StepQuery message = Json.decode(request, StepQuery.class);
        query = message.step();
        return step(message, left);
      }
      if (members.contains("run")) {
        query = Json.decode(request, RunQuery.class).run();
        runner.takeOn(query, remaining(left));
        return Map.of();
      }
      if (members.contains("status")) {
        query = Json.decode(request, AskQuery.class).status();
        return status(query);
      }
      if (members.contains("cancel")) {
        query = Json.decode(request, CancelQuery.class).cancel();
        return cancelled(query);
      }
      if (members.contains("lead")) {
        return lead(Json.decode(request, LeadTasks.class), left);
      }
      return runner.answer(Json.decode(request, QueryRequest.class), remaining(left));
    } catch (MessageException e) {
      return failed(
          new FrazilException(ErrorCode.INVALID_MESSAGE, String.valueOf(e.getMessage()), e));
    } catch (FrazilException e) {
      return failed(e);
    } catch (StepUnavailable e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return failed(broken(query, e));
    }
  }

  private StepAnswer step(StepQuery message, Duration left) {
    Instant invoked = runner.log().now();
    try {
      return steps.step(message, remaining(left));
    } catch (FrazilException e) {
      if (e.errorClass() != ErrorClass.TRANSIENT) {
        throw e;
      }
      runner.log().toldAsError(message.step(), StepUnavailable.class.getSimpleName(), invoked);
      throw new StepUnavailable(
          "%s: query %s: %s".formatted(e.code(), message.step(), e.getMessage()));
    }
  }

  /// What is left of the time as it passes, but for what it takes to answer.
  private static LongSupplier remaining(Duration left) {
    long end = System.nanoTime() + left.minus(ANSWER_MARGIN).toNanos();
    return () -> (end - System.nanoTime()) / 1_000_000;
  }

  private LedTasks lead(LeadTasks tasks, Duration left) {
    Duration margin = ANSWER_MARGIN.compareTo(left) < 0 ? ANSWER_MARGIN : left;
    return leader
        .orElseThrow(() ->
            new FrazilException(ErrorCode.NOT_SUPPORTED, "This coordinator has no workers to lead"))
        .lead(tasks, left.minus(margin));
  }

  /// A query that was left by whoever worked on it is begun again.
  private QueryStatus status(String id) {
    Queries queries = runner.queries();
    if (coordinators.isPresent() && queries.isAbandoned(QueryRunner.OPERATOR, id)) {
      coordinators.get().handOver(id);
    }
    return queries.status(QueryRunner.OPERATOR, id);
  }

  private QueryStatus cancelled(String id) {
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    return status(id);
  }

  private static QueryResponse failed(FrazilException error) {
    return QueryResponse.failed(null, ErrorMessages.encode(error));
  }
}
