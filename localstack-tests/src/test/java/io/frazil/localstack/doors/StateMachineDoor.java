package io.frazil.localstack.doors;

import io.frazil.coordinator.query.Queries;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.localstack.deployment.StateMachines;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// An operator's queries as those that are long: accepted, and handed to the state machine.
public record StateMachineDoor(Queries queries, StateMachines machine) implements Door {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Override
  public String query(String token) {
    return QueryRunner.id(token);
  }

  @Override
  public void cancel(String token) {
    queries.cancel(QueryRunner.OPERATOR, query(token));
  }

  @Override
  public Outcome run(QueryRequest request) {
    String id = queries.submit(QueryRunner.OPERATOR, request);
    ExecutionStatus ended = machine.await(machine.start(id), LIMIT);
    QueryStatus status = queries.status(QueryRunner.OPERATOR, id);
    if (!status.state().isTerminal()) {
      throw new AssertionError("the execution is %s, the query %s".formatted(ended, status));
    }
    if (status.state() == Phase.DONE) {
      return Outcome.of(queries.response(QueryRunner.OPERATOR, id));
    }
    ErrorMessage error = Objects.requireNonNull(status.error());
    return new Outcome.Failed(error);
  }
}
