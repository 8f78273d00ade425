package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryList;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.Spent;
import io.frazil.events.StoredRequest;
import io.frazil.session.QueryId;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queries whose coordinators come and go.
@Timeout(60)
class QueryRunnerTest {
  private static final Duration INTERVAL = Duration.ofMillis(10);
  private static final String ENDLESS =
      "WITH d(n) AS (VALUES %s) SELECT count(*) FROM d a, d b, d c, d e, d f, d g"
          .formatted("(1), ".repeat(99) + "(1)");

  @TempDir private Path folder;
  private QueryObjects objects;
  private QueryRunner runner;

  @BeforeEach
  void open() {
    var store = new LocalObjectStore();
    objects = new QueryObjects(store, folder + "/");
    runner = new QueryRunner(SessionContext::builder, store, folder + "/", INTERVAL);
  }

  @Test
  void aQueryWhoseLeaseRanOutIsBegunAnew() {
    String id = submitAndLose("SELECT 7");
    QueryResponse response = runner.run(id);
    assertThat(response.error()).isNull();
    assertThat(response.rows().getFirst()).containsExactly(7L);
    assertThat(state(id).epoch()).isEqualTo(2);
    assertThat(state(id).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void aStatementThatWritesIsNotBegunAnew() {
    String id = submitAndLose("INSERT INTO t VALUES (1)");
    ErrorMessage error = Objects.requireNonNull(runner.run(id).error());
    assertThat(error.code()).isEqualTo("ATTEMPT_LOST");
    assertThat(error.message())
        .isEqualTo(
            "The coordinator was lost while the statement ran: look whether it took effect before"
                + " sending it again");
    assertThat(state(id).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void aResponseThatIsThereIsTheQuerys() {
    String id = submitAndLose("INSERT INTO t VALUES (1)");
    var written = new QueryResponse(id, List.of(), List.of(), null, 1L, null, null, null, null);
    assertThat(objects.create(id, written)).isTrue();
    assertThat(runner.run(id).updatedRows()).isEqualTo(1);
    assertThat(state(id).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void whoHasLostTheQueryWaitsForTheOther() {
    String id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of(ENDLESS));
    var waiting = CompletableFuture.supplyAsync(() -> runner.run(id));
    while (runner.progress(id).isEmpty()) {
      Thread.onSpinWait();
    }
    QueryState others = takenByAnother(id);
    var written = new QueryResponse(id, List.of(), List.of(), null, 5L, null, null, null, null);
    assertThat(objects.create(id, written)).isTrue();
    while (!waiting.isDone() && !ended(id, others)) {
      Thread.onSpinWait();
    }
    assertThat(waiting.join().updatedRows()).isEqualTo(5);
    assertThat(state(id).phase()).isEqualTo(Phase.DONE);
  }

  /// Where there is no room for coordinators, each one more would wait too.
  @Test
  void aQueryThatNobodyBeginsIsTakenOnMoreAndMoreSeldom() {
    Queries then = at(0);
    String id = then.submit("p", QueryRequest.of("SELECT 1"));
    List<Long> sent =
        LongStream.range(0, 360)
            .map(tens -> tens * 10)
            .filter(second -> at(second).isAbandoned("p", id))
            .boxed()
            .toList();
    assertThat(sent).containsExactly(40L, 70L, 130L, 250L, 490L, 970L, 1_930L);
    assertThatThrownBy(() -> then.isAbandoned("q", id))
        .hasMessage("There is no query '" + id + "'");
  }

  @Test
  void aQueryWhoseCoordinatorIsSilentIsTakenOnSoonAfterItsLease() {
    String id = at(0).submit("p", QueryRequest.of("SELECT 1"));
    Seen seen = objects.state(id).orElseThrow();
    QueryState taken = seen.state().takenBy("lost", 0, 15_000, Spent.NOTHING);
    assertThat(objects.replace(seen, taken)).isPresent();
    assertThat(at(20).isAbandoned("p", id)).isFalse();
    assertThat(at(21).isAbandoned("p", id)).isTrue();
    assertThat(at(22).isAbandoned("p", id)).isFalse();
  }

  private Queries at(long second) {
    return new Queries(new LocalObjectStore(), folder + "/", () -> Instant.ofEpochSecond(second));
  }

  /// Each object of a query expires at its own age, its request's first.
  @Test
  void aTokenIsNoNewQuerysWhileSomethingOfItsOldOneIsLeft() throws IOException {
    QueryRequest old = QueryRequest.of("SELECT 1").withToken("t");
    QueryRequest next = QueryRequest.of("SELECT 2").withToken("t");
    String id = QueryRunner.id("t");
    for (String left :
        List.of("state.json", "response.json", "control.json", "stages/0/x", "request.json")) {
      assertThat(runner.answer(old).rows()).containsExactly(List.of(1L));
      Path kept = Files.write(folder.resolve("kept"), new byte[] {1});
      Path one = folder.resolve("queries/" + id).resolve(left);
      Files.createDirectories(Objects.requireNonNull(one.getParent()));
      if (Files.exists(one)) {
        Files.move(one, kept, StandardCopyOption.REPLACE_EXISTING);
      }
      removeQuery(id);
      Files.createDirectories(one.getParent());
      Files.move(kept, one);
      for (QueryRequest request : List.of(old, next)) {
        QueryResponse answer = runner.answer(request);
        if (left.equals("request.json") && request == old) {
          assertThat(answer.rows()).containsExactly(List.of(1L));
        } else {
          assertThat(Objects.requireNonNull(answer.error()).message())
              .as(left)
              .isEqualTo(
                  left.equals("request.json")
                      ? "The token 't' was that of another request"
                      : "The token 't' was that of a query that has expired: take another");
        }
      }
      removeQuery(id);
    }
    assertThat(runner.answer(next).rows()).containsExactly(List.of(2L));
  }

  private void removeQuery(String id) {
    var store = new LocalObjectStore();
    store.list(folder + "/queries/" + id + "/").forEach(o -> store.delete(o.location()));
  }

  @Test
  void whoeverComesAgainFinishesWhatWasBegun() {
    QueryRequest request = QueryRequest.of("SELECT 1").withToken("t");
    String id = QueryId.of("alice", "t");
    assertThat(objects.create(id, new StoredRequest("alice", 1_000, request))).isTrue();
    for (long second : List.of(60, 61)) {
      assertThat(at(second).submit("alice", request)).isEqualTo(id);
      assertThat(at(second).recent("alice", "", 10).queries())
          .extracting(QueryList.Entry::query, QueryList.Entry::submitted)
          .containsExactly(tuple(id, "1970-01-01T00:00:01Z"));
    }
  }

  @Test
  void aCoordinatorThatNobodyWaitsForReturnsAtOnceWhereAnotherHasTheQuery() {
    String id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of(ENDLESS));
    QueryState others = takenByAnother(id);
    runner.takeOn(id, () -> Long.MAX_VALUE);
    assertThat(state(id)).isEqualTo(others);
    assertThatThrownBy(() -> runner.takeOn("0123456789abcdef", () -> Long.MAX_VALUE))
        .hasMessage("There is no query '0123456789abcdef'");
  }

  /// A coordinator was quicker with its response than with the state, which another one wrote.
  @Test
  void aResponseThatTheStateDeniesIsNobodys() {
    String id = submitAndLose("SELECT 7");
    var late =
        new QueryResponse(id, List.of(), List.of(List.of(7L)), null, null, null, null, null, null);
    assertThat(objects.create(id, late)).isTrue();
    Seen seen = objects.state(id).orElseThrow();
    assertThat(objects.replace(seen, seen.state().ended(Phase.CANCELLED, 3, Failure.CANCELLED)))
        .isPresent();
    Queries queries = runner.queries();
    assertThatThrownBy(() -> queries.response("", id)).hasMessage("The query was cancelled");
    assertThat(queries.status("", id).response()).isNull();
    QueryResponse response = runner.run(id);
    assertThat(response.rows()).isEmpty();
    assertThat(response.error()).isEqualTo(Failure.CANCELLED);
  }

  @Test
  void whoIsLateAnswersWithWhatCounts() {
    String id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of("SELECT 7"));
    var overtaken =
        new TroubledStore((operation, what) -> {
          if (operation.equals("create") && what.endsWith("/response.json")) {
            while (!isOvertaken(id)) {
              // It said just now that it is at work.
            }
          }
          return false;
        });
    assertThat(runner(overtaken).run(id).error()).isEqualTo(Failure.CANCELLED);
  }

  private boolean isOvertaken(String id) {
    Seen seen = objects.state(id).orElseThrow();
    QueryState taken = seen.state().takenBy("another", 1, 2, Spent.NOTHING);
    QueryState ended = taken.ended(Phase.CANCELLED, 3, Failure.CANCELLED);
    return objects.replace(seen, ended).isPresent();
  }

  @Test
  void whatIsCancelledWhileNobodyHasItEndsAtOnce() {
    String id = submitAndLose(ENDLESS);
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(state(id).phase()).isEqualTo(Phase.CANCELLED);
  }

  /// Whoever cancels a statement may not take it that it did nothing.
  @Test
  void whatWasWrittenOrMayHaveBeenIsNotCancelled() {
    String id = submitAndLose("INSERT INTO t VALUES (1)");
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(state(id).phase()).isEqualTo(Phase.FAILED);
    assertThat(state(id).error()).isEqualTo(Failure.LOST_WHILE_WRITING);

    String done = submitAndLose("INSERT INTO t VALUES (2)");
    var written = new QueryResponse(done, List.of(), List.of(), null, 1L, null, null, null, null);
    assertThat(objects.create(done, written)).isTrue();
    runner.queries().cancel(QueryRunner.OPERATOR, done);
    assertThat(state(done).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void whatIsCancelledAndThenLostEndsWithTheNextQuestion() {
    String id = submitAndLose(ENDLESS);
    objects.cancel(id);
    assertThat(runner.queries().isAbandoned(QueryRunner.OPERATOR, id)).isFalse();
    assertThat(runner.queries().status(QueryRunner.OPERATOR, id).state())
        .isEqualTo(Phase.CANCELLED);
  }

  private QueryRunner runner(VersionedStore store) {
    return new QueryRunner(SessionContext::builder, store, folder + "/", INTERVAL);
  }

  @Test
  void whatIsNoIdNamesNoObject() {
    for (String id : List.of("..", "../queries/0123456789abcdef", "", "0123456789ABCDEF")) {
      String message = "There is no query '" + id + "'";
      assertThatThrownBy(() -> runner.queries().status("", id)).hasMessage(message);
      assertThatThrownBy(() -> runner.run(id)).hasMessage(message);
    }
  }

  /// A query that a coordinator took on long ago and never spoke of again.
  private String submitAndLose(String sql) {
    String id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of(sql));
    Seen seen = objects.state(id).orElseThrow();
    assertThat(objects.replace(seen, seen.state().takenBy("lost", 1, 2, Spent.NOTHING)))
        .isPresent();
    return id;
  }

  private QueryState takenByAnother(String id) {
    while (true) {
      Seen seen = objects.state(id).orElseThrow();
      QueryState taken = seen.state().takenBy("another", 1, Long.MAX_VALUE, Spent.NOTHING);
      if (objects.replace(seen, taken).isPresent()) {
        return taken;
      }
    }
  }

  private boolean ended(String id, QueryState taken) {
    Seen seen = objects.state(id).orElseThrow();
    return !seen.state().equals(taken)
        || objects.replace(seen, taken.ended(Phase.DONE, 3, null)).isPresent();
  }

  private QueryState state(String id) {
    return objects.state(id).orElseThrow().state();
  }
}
