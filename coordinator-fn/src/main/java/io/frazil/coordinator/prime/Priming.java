package io.frazil.coordinator.prime;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.prime.Rounds;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.log.QueryLog;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.MemoryWarehouse;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackCredentials;
import io.frazil.s3.loopback.LoopbackS3;
import io.frazil.session.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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

  private static final String CATALOG = "iceberg";
  private static final String SCHEMA = "main";
  private static final String BUCKET = "s3://priming/";
  private static final String RESULTS = BUCKET + "results/";
  private static final Duration CONTROL_INTERVAL = Duration.ofSeconds(1);

  private final Function<QueryRunner, UnaryOperator<byte[]>> coordinators;

  Priming(Function<QueryRunner, UnaryOperator<byte[]>> coordinators) {
    this.coordinators = coordinators;
  }

  /// Has Lambda call it before the snapshot, if there is to be one.
  ///
  /// @param coordinators from a runner to the door to it: an encoded request to its encoded
  ///   response
  public static void register(Function<QueryRunner, UnaryOperator<byte[]>> coordinators) {
    var priming = new Priming(coordinators);
    HELD.add(priming);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Rounds.logged("coordinator", System.getenv(), LambdaRuntime.getLogger()::log, this::run);
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing of the function's own was made before the snapshot.
  }

  void run(Rounds rounds) {
    List<String> queries = Scripts.statements("queries.sql");
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        var credentials = LoopbackCredentials.startHere()) {
      s3.showToStrangers();
      VersionedStore store = store(s3, credentials);
      try (IcebergCatalog tables = MemoryWarehouse.open(store, BUCKET + "tables", SCHEMA)) {
        try (QueryRunner runner = runner(tables, store)) {
          UnaryOperator<byte[]> coordinator = coordinators.apply(runner);
          Scripts.statements("tables.sql").forEach(statement -> answer(coordinator, statement));
        }
        rounds.first(
            BEGINNINGS,
            number -> {
              try (QueryRunner runner = runner(tables, store(s3, credentials))) {
                answer(coordinators.apply(runner), queries.get(number % queries.size()));
                s3.removeAll(RESULTS);
              }
            });
        try (QueryRunner runner = runner(tables, store)) {
          UnaryOperator<byte[]> coordinator = coordinators.apply(runner);
          rounds.run(round -> {
            answer(coordinator, queries.get(round % queries.size()));
            s3.removeAll(RESULTS);
          });
        }
      }
    }
  }

  /// Made as the function's own is, so that the same code is compiled.
  private static VersionedStore store(LoopbackS3 s3, LoopbackCredentials credentials) {
    return S3ObjectStore.besideLocal(() -> s3.settings(credentials.environment()));
  }

  private static QueryRunner runner(IcebergCatalog tables, VersionedStore store) {
    return new QueryRunner(
            () -> SessionContext.builder().catalog(CATALOG, tables).defaults(CATALOG, SCHEMA),
            store,
            RESULTS,
            CONTROL_INTERVAL)
        .loggingTo(QueryLog.UNHEARD);
  }

  private static void answer(UnaryOperator<byte[]> coordinator, String sql) {
    byte[] answer = coordinator.apply(Json.encode(QueryRequest.of(sql)));
    QueryResponse response = Json.decode(answer, QueryResponse.class);
    if (response.error() != null) {
      throw new IllegalStateException("a query failed: " + response.error());
    }
  }
}
