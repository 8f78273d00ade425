package io.frazil.coordinator.prime;

import io.frazil.coordinator.durable.StateMachine;
import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.http.ShortQueriesHere;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.Trial;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.log.QueryLog;
import io.frazil.iceberg.GlueWarehouse;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.MemoryWarehouse;
import io.frazil.iceberg.RestWarehouse;
import io.frazil.s3.S3Links;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackCredentials;
import io.frazil.s3.loopback.LoopbackS3;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.WorkflowUse.Children;
import io.frazil.session.estimate.LongQueries;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// All that a coordinator talks to on AWS, on the loopback interface: S3 behind TLS, the endpoint
/// that gives credentials, Lambda with workers of this process, and what lists tables as the
/// function's own are listed.
final class Site implements AutoCloseable {
  private static final String CATALOG = "iceberg";
  private static final String SCHEMA = "main";
  private static final String BUCKET = "s3://priming/";
  private static final String RESULTS = BUCKET + "results/";
  private static final String TABLES = BUCKET + "tables";
  private static final String REGION = "us-east-1";
  private static final String TABLE_BUCKET =
      "arn:aws:s3tables:us-east-1:000000000000:bucket/priming";
  private static final BigDecimal BUDGET = BigDecimal.ONE;
  private static final LongQueries LONG_QUERIES =
      new LongQueries(StateMachine.LONG_QUERY, Children.STANDARD);
  private static final Duration CONTROL_INTERVAL = Duration.ofSeconds(1);
  private static final int WORKERS = 4;

  /// More than a query takes that is interpreted.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Each file is a task, however small it is.
  private static final int TASK_BYTES = 1;

  private final LoopbackS3 s3 = LoopbackS3.startSecure();
  private final LoopbackCredentials credentials = LoopbackCredentials.start();
  private final LoopbackLambda lambda = new LoopbackLambda(worker());
  private final LoopbackGlue glue = new LoopbackGlue();
  private final LoopbackRest rest = new LoopbackRest(TABLES);
  private final Map<String, String> variables;
  private final IcebergCatalog tables;
  private Workers workers = new Workers(lambda.endpoint());

  /// @param variables of the function, which say where its own tables are
  Site(Map<String, String> variables) {
    s3.showToStrangers();
    this.variables = variables;
    this.tables = tables(variables.getOrDefault("FRAZIL_CATALOG", ""));
    tables.createSchema(SCHEMA);
  }

  private IcebergCatalog tables(String kind) {
    return switch (kind) {
      case "glue" -> GlueWarehouse.open(store(), Optional.of(TABLES), Optional.of(glue.endpoint()));
      case "rest" -> {
        Map<String, String> secrets = Map.of("token", "priming");
        yield RestWarehouse.open(
            store(), rest.endpoint(), Optional.empty(), secrets, () -> secrets);
      }
      case "s3tables" -> RestWarehouse.s3Tables(store(), REGION, TABLE_BUCKET, rest.endpoint());
      default -> MemoryWarehouse.open(store(), TABLES);
    };
  }

  private UnaryOperator<byte[]> worker() {
    FunctionRegistry functions = BuiltInAggregates.register(BuiltInFunctions.registry());
    return new WorkerHandler(FragmentRunner.ofFunction(store(), functions, Optional.of(RESULTS)))
        ::handle;
  }

  /// A runner that has done nothing yet, with a store of its own: made as the function's are, so
  /// that the same code is compiled.
  QueryRunner runner() {
    return new QueryRunner(this::session, store(), RESULTS, CONTROL_INTERVAL)
        .loggingTo(QueryLog.UNHEARD)
        .paidBy(Rates.of(variables));
  }

  /// The HTTP door to a runner, which takes on itself what is another function's: statements that
  /// write.
  HttpDoor door(QueryRunner runner) {
    return new HttpDoor(
            runner.queries(),
            new ShortQueriesHere(
                runner,
                new Trial(PATIENCE, Long.MAX_VALUE),
                id -> runner.takeOn(id, PATIENCE::toMillis)),
            new Results(store(), new S3Links(s3.settings(credentials.environment()))),
            new SessionCatalog(this::session, CATALOG),
            PATIENCE,
            Gateway.TRUSTED)
        .loggingTo(QueryLog.UNHEARD);
  }

  private SessionBuilder session() {
    return SessionContext.builder()
        .rates(Rates.of(variables))
        .budget(BUDGET)
        .longQueries(LONG_QUERIES)
        .catalog(CATALOG, tables)
        .defaults(CATALOG, SCHEMA)
        .workers(WORKERS)
        .taskBytes(TASK_BYTES)
        .remoteWorkers()
        .dispatcher(workers.dispatcher());
  }

  private VersionedStore store() {
    return S3ObjectStore.alone(() -> s3.settings(credentials.environment()));
  }

  /// Has later queries call workers by a client that is new.
  void connectWorkers() {
    workers.close();
    workers = new Workers(lambda.endpoint());
  }

  /// Forgets the queries so far.
  void tidy() {
    s3.removeAll(RESULTS);
  }

  @Override
  public void close() {
    for (AutoCloseable each : List.of(workers, tables, rest, glue, lambda, credentials, s3)) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("priming could not be ended", e);
      }
    }
  }
}
