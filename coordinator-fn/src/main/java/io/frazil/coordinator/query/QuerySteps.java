package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.Spent;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.session.QueryAccount;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryStep;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.WorkflowUse.Children;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

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
    return step(message, () -> Long.MAX_VALUE);
  }

  /// The same in a coordinator whose time is limited.
  ///
  /// @param remaining how long it may run, in milliseconds
  public StepAnswer step(StepQuery message, LongSupplier remaining) {
    StepAnswer answer = make(message, remaining);
    runner
        .log()
        .stepped(message.step(), answer.next().name().toLowerCase(Locale.ROOT), answer.tasks());
    return answer;
  }

  private StepAnswer make(StepQuery message, LongSupplier remaining) {
    String id = message.step();
    Optional<Lease> taken = runner.takeStep(id, message.execution());
    if (taken.isEmpty()) {
      return withoutLease(message);
    }
    try (Lease lease = taken.get()) {
      return make(message, lease, remaining);
    }
  }

  private StepAnswer make(StepQuery message, Lease lease, LongSupplier remaining) {
    String id = message.step();
    try {
      Optional<QueryResponse> known = runner.objects().response(id);
      if (known.isPresent()) {
        return end(id, lease, known.get());
      }
      QueryRequest request = runner.objects().request(id).orElseThrow().request();
      Optional<ErrorMessage> stop = reasonToStop(message, lease, request);
      return stop.isPresent()
          ? stop(id, lease, stopped(message, lease.epoch(), lease.spent(), request, stop.get()))
          : step(message, lease, request, remaining);
    } catch (FrazilException e) {
      if (e.errorClass() == ErrorClass.TRANSIENT) {
        lease.leave(Owner.steps(message.execution()));
      }
      throw e;
    }
  }

  private StepAnswer step(
      StepQuery message, Lease lease, QueryRequest request, LongSupplier remaining) {
    String id = message.step();
    try (WordToStop stop = runner.wordToStop(id, lease, request, remaining);
        SessionContext session = runner.session(id, request, lease.spent(), stop.word())) {
      QueryStep next =
          stop.unlessStopped(
              () ->
                  session.step(
                      id, lease.epoch(), children(message), request.sql(), request.parameters()),
              () -> Repeatable.isRepeatable(request.sql()),
              QuerySteps::leave);
      return switch (next) {
        case QueryStep.Tasks tasks -> tasks(message, lease, tasks);
        case QueryStep.Rest(QueryHandle query) ->
            end(id, lease, rest(message, query, lease, request, stop));
        case QueryStep.Failed(FrazilException why, QueryAccount account) ->
            end(id, lease, Answers.failed(id, account, ErrorMessages.encode(why)));
      };
    } catch (RuntimeException | Error e) {
      if (e instanceof FrazilException known1 && known1.errorClass() == ErrorClass.TRANSIENT) {
        throw e;
      }
      ErrorMessage why = Failure.message(id, e, runner.log());
      return stop(id, lease, stopped(message, lease.epoch(), lease.spent(), request, why));
    }
  }

  /// Of a query that was stopped meanwhile.
  private static void leave(QueryStep step) {
    switch (step) {
      case QueryStep.Rest(QueryHandle query) -> query.close();
      case QueryStep.Tasks _, QueryStep.Failed _ -> {}
    }
  }

  private static Children children(StepQuery message) {
    return message.children() == StepQuery.Children.EXPRESS ? Children.EXPRESS : Children.STANDARD;
  }

  private StepAnswer tasks(StepQuery message, Lease lease, QueryStep.Tasks step) {
    StepAnswer answer = TaskList.write(step, lease.epoch(), TASKS_MAX);
    if (!lease.handOver(
        message.execution(), step.progress(), step.spent().stepped(answer.tasks()))) {
      return StepAnswer.of(Next.BUSY);
    }
    // Its tasks look too, and no step may come for long.
    runner.queries().leave(message.step());
    return answer;
  }

  private QueryResponse rest(
      StepQuery message, QueryHandle query, Lease lease, QueryRequest request, WordToStop stop) {
    try {
      return runner.rest(query, lease, request, stop);
    } catch (RuntimeException | Error e) {
      ErrorMessage why = Failure.message(query.id(), e, runner.log());
      return stopped(message, lease.epoch(), lease.spent(), request, why);
    }
  }

  private Optional<ErrorMessage> reasonToStop(
      StepQuery message, Lease lease, QueryRequest request) {
    Optional<ErrorMessage> due = runner.endings().due(message.step(), lease, request);
    StepQuery.Failed failed = message.failed();
    return failed == null || due.isPresent()
        ? due
        : Optional.of(runner.objects().failure(message.step()).orElseGet(() -> unknown(failed)));
  }

  /// Tasks that still run are told, once it is written that the query is over: to whoever goes on
  /// with a query that isn't, they would seem to be cancelled.
  private StepAnswer stop(String id, Lease lease, QueryResponse response) {
    StepAnswer answer = end(id, lease, response);
    if (answer.next() == Next.DONE) {
      runner.objects().cancel(id);
    }
    return answer;
  }

  private StepAnswer end(String id, Lease lease, QueryResponse response) {
    return StepAnswer.of(
        runner.endings().end(id, lease, response).isPresent() ? Next.DONE : Next.BUSY);
  }

  /// The next step of a query that cannot be had now.
  private StepAnswer withoutLease(StepQuery message) {
    QueryState state = runner.state(message.step());
    if (state.phase().isTerminal()) {
      // Whoever ended it between two steps told and removed nothing, as its tasks ran.
      tell(message, state);
      runner.endings().clean(message.step());
      return StepAnswer.of(Next.DONE);
    }
    return StepAnswer.of(Owner.isAnothers(state, message.execution()) ? Next.DONE : Next.BUSY);
  }

  /// Writes down what a query took that was ended between two steps.
  private void tell(StepQuery message, QueryState state) {
    String id = message.step();
    ErrorMessage why = state.error();
    if (why == null || state.spent() == null) {
      return;
    }
    runner
        .endings()
        .afterwards(
            id,
            "What the query took was not written down",
            () -> {
              QueryObjects objects = runner.objects();
              if (objects.response(id).isPresent()) {
                return;
              }
              Spent spent = state.soFar().takenOn(0);
              QueryRequest request = objects.request(id).orElseThrow().request();
              QueryResponse response = stopped(message, state.epoch() + 1, spent, request, why);
              if (objects.create(id, response)) {
                runner.log().ended(id, response);
              }
            });
  }

  /// A query with which nobody goes on, and what it took.
  ///
  /// @param epoch of whoever tells
  /// @param spent on it so far
  private QueryResponse stopped(
      StepQuery message, int epoch, Spent spent, QueryRequest request, ErrorMessage why) {
    String id = message.step();
    try (SessionContext session = runner.session(id, request, spent, new Cancellation())) {
      return Answers.failed(id, session.account(id, epoch, children(message)), why);
    } catch (RuntimeException | Error e) {
      ErrorMessage unknown = Failure.message(id, e, runner.log());
      runner.log().passedOver(id, "What the query took is not known", unknown);
      return QueryResponse.failed(id, why);
    }
  }

  private static ErrorMessage unknown(StepQuery.Failed failed) {
    return ErrorMessages.encode(
        new FrazilException(
            ErrorCode.ATTEMPT_LOST,
            "The query's state machine could not get a task done: %s: %s"
                .formatted(failed.error(), failed.cause())));
  }
}
