package io.frazil.coordinator.prime;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.prime.Rounds;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// Primes a coordinator, or the HTTP function, before its snapshot. It fails nothing: where it
/// can't do its work, the log says so and the function starts the slower.
public final class Priming implements Resource {
  /// Lambda's own context of resources would let them go.
  private static final Set<Priming> HELD = ConcurrentHashMap.newKeySet();

  /// So many begin anew, until C1 has compiled what is done once in a coordinator's life.
  private static final int BEGINNINGS = 250;

  /// Making a client of Amazon's takes longer than all else in a beginning.
  private static final int BEGINNINGS_A_CLIENT = 5;

  private final Doors doors;

  /// How queries are asked for.
  interface Doors {
    /// To a runner that is new.
    Door of(Site site, QueryRunner runner);
  }

  /// Runs statements.
  interface Door {
    void ask(String sql);
  }

  private Priming(Doors doors) {
    this.doors = doors;
  }

  /// Of a coordinator.
  ///
  /// @param coordinators from a runner to the door to it: an encoded request to its encoded
  ///   response
  static Priming ofCoordinator(Function<QueryRunner, UnaryOperator<byte[]>> coordinators) {
    return new Priming((_, runner) -> {
      UnaryOperator<byte[]> coordinator = coordinators.apply(runner);
      return sql -> answer(coordinator, sql);
    });
  }

  /// Of the HTTP function.
  static Priming ofHttp() {
    var visits = new Visits();
    return new Priming((site, runner) -> {
      HttpDoor door = site.door(runner);
      return sql -> visits.ask(door, sql);
    });
  }

  /// Has Lambda prime a coordinator before the snapshot, if there is to be one.
  ///
  /// @param coordinators from a runner to the door to it: an encoded request to its encoded
  ///   response
  public static void registerCoordinator(
      Function<QueryRunner, UnaryOperator<byte[]>> coordinators) {
    register(() -> ofCoordinator(coordinators));
  }

  /// The same of the HTTP function.
  public static void registerHttp() {
    register(Priming::ofHttp);
  }

  private static void register(Supplier<Priming> made) {
    if (!Rounds.areWanted(System.getenv())) {
      return;
    }
    Priming priming = made.get();
    HELD.add(priming);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Rounds.logged(
        "coordinator",
        System.getenv(),
        LambdaRuntime.getLogger()::log,
        rounds -> run(rounds, System.getenv()));
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing of the function's own was made before the snapshot.
  }

  void run(Rounds rounds, Map<String, String> variables) {
    List<String> queries = Scripts.statements("queries.sql");
    try (var site = new Site(variables)) {
      try (QueryRunner runner = site.runner()) {
        Door door = doors.of(site, runner);
        Scripts.statements("tables.sql").forEach(door::ask);
      }
      rounds.first(BEGINNINGS, number -> begin(site, queries, number));
      try (QueryRunner runner = site.runner()) {
        Door door = doors.of(site, runner);
        Rounds.Round round =
            number -> {
              door.ask(queries.get(number % queries.size()));
              site.tidy();
            };
        rounds.run(round);
        rounds.afterCollecting(
            queries.size(),
            number -> {
              round.run(number);
              begin(site, queries, number);
            });
      }
    }
  }

  private void begin(Site site, List<String> queries, int number) {
    if (number % BEGINNINGS_A_CLIENT == 0) {
      site.connectWorkers();
    }
    try (QueryRunner runner = site.runner()) {
      doors.of(site, runner).ask(queries.get(number % queries.size()));
      site.tidy();
    }
  }

  private static void answer(UnaryOperator<byte[]> coordinator, String sql) {
    byte[] answer = coordinator.apply(Json.encode(QueryRequest.of(sql)));
    QueryResponse response = Json.decode(answer, QueryResponse.class);
    if (response.error() != null) {
      throw new IllegalStateException("a query failed: " + response.error());
    }
  }
}
