package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.Spent;
import io.frazil.events.Spent.Attempts;
import io.frazil.events.Spent.Basis;
import io.frazil.events.Spent.Outcome;
import io.frazil.events.Spent.Place;
import io.frazil.session.cost.Rates;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a query while it runs.
class SoFarTest {
  private static final String ALICE = "alice";

  /// One GB-second of the coordinator, and two stages.
  private static final Spent SPENT =
      new Spent(
          1,
          1_024_000,
          0,
          0,
          0,
          0,
          1,
          0,
          0,
          List.of(
              attempts(1, Place.WORKER, Outcome.RUNNING, 3),
              attempts(0, Place.WORKER, Outcome.SUCCEEDED, 5),
              attempts(0, Place.LARGE_WORKER, Outcome.SUCCEEDED, 1),
              attempts(0, Place.WORKER, Outcome.FAILED, 2),
              attempts(0, Place.LEADER, Outcome.SUCCEEDED, 7),
              attempts(Spent.NO_STAGE, Place.WORKER, Outcome.SUCCEEDED, 9)));

  @TempDir private Path folder;

  @Test
  void aQueryThatRunsTellsItsStagesAndItsLedger() {
    var store = new LocalObjectStore();
    var objects = new QueryObjects(store, folder + "/");
    Queries queries =
        new Queries(store, folder + "/", InstantSource.system()).paidBy(Rates.of(Map.of()));
    String id = queries.submit(ALICE, QueryRequest.of("SELECT 1"));
    assertThat(queries.status(ALICE, id).ledger()).isNull();

    Seen accepted = objects.state(id).orElseThrow();
    QueryState taken = accepted.state().takenBy("owner", 1, 2, SPENT);
    Seen running = objects.replace(accepted, taken).orElseThrow();
    QueryStatus status = queries.status(ALICE, id);
    assertThat(status.stages())
        .containsExactly(new QueryStatus.Stage(0, 6, 2, 0), new QueryStatus.Stage(1, 0, 0, 3));
    QueryResponse.Ledger ledger = Objects.requireNonNull(status.ledger());
    assertThat(ledger.lines())
        .extracting(line -> line.where() + ": " + line.item())
        .contains(
            "coordinator: coordinator compute",
            "stage 0: worker compute",
            "stage 0: large worker compute",
            "stage 0: leader compute",
            "stage 1: worker compute",
            "begun anew: worker compute",
            "http api: requests");
    assertThat(ledger.lines())
        .filteredOn(line -> line.item().equals("coordinator compute"))
        .extracting(QueryResponse.Line::quantity)
        .containsExactly(1.0);
    assertThat(ledger.dollars())
        .isPositive()
        .isEqualTo(ledger.lines().stream().mapToDouble(QueryResponse.Line::dollars).sum());

    assertThat(objects.replace(running, running.state().ended(Phase.DONE, 3, null))).isPresent();
    assertThat(queries.status(ALICE, id).ledger()).isNull();
    assertThat(queries.status(ALICE, id).stages()).isNull();
  }

  private static Attempts attempts(int stage, Place place, Outcome outcome, long count) {
    return new Attempts(stage, place, outcome, Basis.MEASURED, count, 1_000 * count, 1, 1, 1);
  }
}
