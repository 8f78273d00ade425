package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.http.Starter;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.AskQuery;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.Problem;
import io.frazil.events.QueryResponse;
import io.frazil.session.SessionContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory that runs out while no query runs: each door says so.
final class FullHeapTest {
  private static final String MESSAGE =
      "The coordinator's heap of %d MiB is full: give it more memory, or ask for less"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
  private static final String ID = QueryRunner.id("t");

  @TempDir private Path folder;

  @Test
  void theDirectDoorSaysSo() {
    var coordinator = new CoordinatorHandler(runner(fullStore()));
    byte[] answer = coordinator.handle(Json.encode(new AskQuery(ID)));
    var error = Objects.requireNonNull(Json.decode(answer, QueryResponse.class).error());
    assertThat(error.code()).isEqualTo("MEMORY_LIMIT");
    assertThat(error.message()).isEqualTo(MESSAGE);
  }

  @Test
  void theHttpDoorSaysSo() {
    assertFull(ask(door(runner(fullStore()), _ -> {}), "GET", "/v1/queries/" + ID, null));
  }

  @Test
  void theHttpDoorNamesTheQueryThatItAccepted() {
    Starter full =
        _ -> {
          throw full();
        };
    HttpDoor door = door(runner(new LocalObjectStore()), full);
    Problem problem = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 1\"}");
    assertFull(problem);
    assertThat(problem.query()).isNotNull();
  }

  private static void assertFull(Problem problem) {
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.code()).isEqualTo("MEMORY_LIMIT");
    assertThat(problem.detail()).isEqualTo(MESSAGE);
  }

  private QueryRunner runner(VersionedStore store) {
    return new QueryRunner(SessionContext::builder, store, folder + "/", Duration.ofMillis(10));
  }

  private static HttpDoor door(QueryRunner runner, Starter starter) {
    return new HttpDoor(
        runner.queries(),
        starter,
        new Results(
            new LocalObjectStore(),
            (location, lasting) -> new ObjectLinks.Link(location, Instant.now().plus(lasting))),
        new SessionCatalog(SessionContext::builder, SessionContext.MEMORY),
        Duration.ZERO,
        Gateway.TRUSTED);
  }

  private static Problem ask(HttpDoor door, String method, String path, @Nullable String body) {
    var iam = new HttpEvent.Iam("arn:aws:iam::111122223333:user/alice", null);
    var context =
        new HttpEvent.RequestContext(
            new HttpEvent.Http(method, path), "r", new HttpEvent.Authorizer(iam, null));
    var event = new HttpEvent(HttpEvent.VERSION, path, "", Map.of(), context, null, body, false);
    HttpAnswer answer = Json.decode(door.answer(Json.encode(event)), HttpAnswer.class);
    byte[] problem = answer.body().getBytes(StandardCharsets.UTF_8);
    return Json.decode(problem, Problem.class);
  }

  /// Whatever is asked of it takes more memory than there is.
  private static VersionedStore fullStore() {
    InvocationHandler full =
        (_, _, _) -> {
          throw full();
        };
    return (VersionedStore)
        Proxy.newProxyInstance(
            VersionedStore.class.getClassLoader(), new Class<?>[] {VersionedStore.class}, full);
  }

  private static OutOfMemoryError full() {
    return new OutOfMemoryError("Java heap space");
  }
}
