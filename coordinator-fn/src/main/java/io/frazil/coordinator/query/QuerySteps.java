package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryStep;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.WorkflowUse.Children;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.Locale;
import java.util.Optional;

/// Makes the steps of queries whose tasks a state machine runs:
///
/// ```
///   step → tasks → step → tasks → step
///   plan   stage 0  close  stage 1  close, run the last stage, write the result
/// ```
///
/// A query is a coordinator's during a step and its state machine's in between. A step that is made
/// twice, or by two coordinators, gives the same: what counts are the objects that were there
/// first.
public final class QuerySteps {
  /// What a list of tasks has at most: a state machine's own bound is not far.
  private static final int TASKS_MAX = 10_000;

  private final QueryRunner runner;

  public QuerySteps(QueryRunner runner) {
    this.runner = runner;
  }

  /// Makes the next step of a query.
  ///
  /// @throws FrazilException of class TRANSIENT, where coming again may help; every other failure
  ///   is the query's end
  public StepAnswer step(StepQuery message) {
    StepAnswer answer = make(message);
    runner
        .log()
        .stepped(message.step(), answer.next().name().toLowerCase(Locale.ROOT), answer.tasks());
    return answer;
  }

  private StepAnswer make(StepQuery message) {
    String id = message.step();
    Optional<Lease> taken = runner.takeStep(id);
    if (taken.isEmpty()) {
      return StepAnswer.of(isOver(id) ? Next.DONE : Next.BUSY);
    }
    try (Lease lease = taken.get()) {
      QueryRequest request = runner.objects().request(id).orElseThrow().request();
      Optional<ErrorMessage> stop = reasonToStop(message, lease, request);
      return stop.isPresent()
          ? stop(id, lease, QueryResponse.failed(id, stop.get()))
          : step(message, lease, request);
    }
  }

  private StepAnswer step(StepQuery message, Lease lease, QueryRequest request) {
    String id = message.step();
    Optional<QueryResponse> known = runner.objects().response(id);
    if (known.isPresent()) {
      return end(id, lease, known.get());
    }
    try (SessionContext session = runner.session(request, lease.spent())) {
      return switch (session.step(
          id, lease.epoch(), children(message), request.sql(), request.parameters())) {
        case QueryStep.Tasks tasks -> tasks(lease, tasks);
        case QueryStep.Rest(QueryHandle query) -> end(id, lease, rest(query, lease, request));
        case QueryStep.OverBudget over -> end(id, lease, Answers.failed(id, over));
      };
    } catch (RuntimeException | Error e) {
      if (e instanceof FrazilException known1 && known1.errorClass() == ErrorClass.TRANSIENT) {
        throw e;
      }
      return end(id, lease, QueryResponse.failed(id, Failure.message(id, e, runner.log())));
    }
  }

  private static Children children(StepQuery message) {
    return message.children() == StepQuery.Children.EXPRESS ? Children.EXPRESS : Children.STANDARD;
  }

  private static StepAnswer tasks(Lease lease, QueryStep.Tasks step) {
    StepAnswer answer = TaskList.write(step, lease.epoch(), TASKS_MAX);
    return lease.handOver(step.progress(), step.spent().stepped(answer.tasks()))
        ? answer
        : StepAnswer.of(Next.BUSY);
  }

  private QueryResponse rest(QueryHandle query, Lease lease, QueryRequest request) {
    try (query) {
      return runner.rest(query, lease, request);
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(query.id(), Failure.message(query.id(), e, runner.log()));
    }
  }

  private Optional<ErrorMessage> reasonToStop(
      StepQuery message, Lease lease, QueryRequest request) {
    if (runner.objects().isStopped(message.step())) {
      return Optional.of(Failure.CANCELLED);
    }
    StepQuery.Failed failed = message.failed();
    if (failed != null) {
      return Optional.of(runner.objects().failure(message.step()).orElseGet(() -> unknown(failed)));
    }
    return lease.isFirst() || Repeatable.isRepeatable(request.sql())
        ? Optional.empty()
        : Optional.of(Failure.LOST_WHILE_WRITING);
  }

  /// Tasks that still run are told.
  private StepAnswer stop(String id, Lease lease, QueryResponse response) {
    runner.objects().stop(id);
    return end(id, lease, response);
  }

  private StepAnswer end(String id, Lease lease, QueryResponse response) {
    return StepAnswer.of(runner.end(id, lease, response).isPresent() ? Next.DONE : Next.BUSY);
  }

  private boolean isOver(String id) {
    return runner
        .objects()
        .state(id)
        .map(Seen::state)
        .orElseThrow(
            () -> new FrazilException(ErrorCode.QUERY_NOT_FOUND, "There is no query '" + id + "'"))
        .phase()
        .isTerminal();
  }

  private static ErrorMessage unknown(StepQuery.Failed failed) {
    return ErrorMessages.encode(
        new FrazilException(
            ErrorCode.ATTEMPT_LOST,
            "The query's state machine could not get a task done: %s: %s"
                .formatted(failed.error(), failed.cause())));
  }
}
