package io.frazil.coordinator;

import io.frazil.coordinator.catalog.CatalogSettings;
import io.frazil.coordinator.catalog.KeptCatalog;
import io.frazil.coordinator.durable.StateMachine;
import io.frazil.coordinator.fanout.FunctionCall;
import io.frazil.coordinator.fanout.FunctionStart;
import io.frazil.coordinator.fanout.LambdaDispatcher;
import io.frazil.coordinator.fanout.LambdaInvoker;
import io.frazil.coordinator.fanout.Leader;
import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.http.ShortQueriesHere;
import io.frazil.coordinator.http.Starter;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.SaidHandover;
import io.frazil.coordinator.query.Trial;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.LeadTasks;
import io.frazil.events.log.QueryLog;
import io.frazil.s3.S3Links;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.S3Settings;
import io.frazil.session.PathAccess;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.WorkflowUse.Children;
import io.frazil.session.estimate.LongQueries;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/// What the functions' environment variables say. The warehouse is opened by the first request and
/// stays open for as long as the function lives, as do connections.
///
/// - `FRAZIL_CATALOG` and what [CatalogSettings] says of it: where the tables are
/// - `FRAZIL_RESULTS`: where the queries' objects lie; default a folder for temporary files. Where
///   that is on S3, nothing else is read, whatever a table's metadata names, unless the catalog is
///   one of this machine
/// - `FRAZIL_WORKER`: the version of the worker function that fragments go to; without it a
///   coordinator runs everything itself
/// - `FRAZIL_LARGE_WORKER`: the version of the large worker function, for tasks that a worker has
///   no memory, disk or time for; without it these fail
/// - `FRAZIL_WORKERS`: how many of them a query has at a time; default 64. Beyond 256 a coordinator
///   has others of its own version hand tasks on
/// - `FRAZIL_LOCATIONS`: where statements may read files by path, as `s3://bucket/prefix/` and
///   separated by commas; default nowhere
/// - `FRAZIL_WRITES`: `true` where statements may change tables
/// - `FRAZIL_GATEWAY_KEY`: what API Gateway's stage has in its variable `gatewayKey`; without it
///   the function's policy alone says who may invoke it
/// - `FRAZIL_CALLER_SESSIONS`: `true` where each session of a role is a caller of its own; default
///   all sessions of a role are one
/// - `FRAZIL_BUDGET_DOLLARS`: what a query may cost whose request names no budget; default as much
///   as any may
/// - `FRAZIL_BUDGET_DOLLARS_MAX`: what any query may cost; requests that name a higher budget are
///   refused. Default any amount
/// - `FRAZIL_WORKER_MEMORY`, `FRAZIL_LARGE_WORKER_MEMORY`: the workers' memory in megabytes, by
///   which they are paid for
/// - `FRAZIL_STATE_MACHINE`: the ARN of the state machine that long queries are handed over to;
///   without it a query ends with its coordinator
/// - `FRAZIL_LONG_QUERY_SECONDS`: from which predicted time on a query is handed over at once;
///   default 600
/// - `FRAZIL_LONG_QUERY_CHILDREN`: what the state machine runs each task as, `STANDARD` or
///   `EXPRESS`, by which it is paid for; default `STANDARD`
/// - `FRAZIL_COORDINATOR`: the version of the coordinator that the HTTP function hands queries to
/// - `FRAZIL_LOG_LEVEL`: what is logged at least
final class Environment {
  private static final String CATALOG = "iceberg";
  private static final Duration CONTROL_INTERVAL = Duration.ofSeconds(1);
  private static final int WORKERS = 64;
  private static final String WORKER = "FRAZIL_WORKER";
  private static final String LARGE_WORKER = "FRAZIL_LARGE_WORKER";
  private static final String COORDINATOR = "FRAZIL_COORDINATOR";
  private static final String STATE_MACHINE = "FRAZIL_STATE_MACHINE";

  /// What the HTTP function runs itself: over before it has to answer.
  private static final Trial SHORT = new Trial(Duration.ofSeconds(8), 256L << 20);

  private final Map<String, String> variables;
  private final VersionedStore store;
  private final String results;
  private final CatalogSettings tables;
  private final KeptCatalog catalog;
  private final int workers;
  private final QueryLog log;
  private @Nullable S3Links links;
  private @Nullable LambdaClient lambda;
  private @Nullable LambdaClient starting;
  private @Nullable SfnClient steps;
  private @Nullable LambdaDispatcher dispatcher;
  private @Nullable LambdaDispatcher large;

  private Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
    String folder =
        variables.getOrDefault(
            "FRAZIL_RESULTS", Path.of(System.getProperty("java.io.tmpdir"), "frazil").toString());
    this.results = folder.endsWith("/") ? folder : folder + "/";
    this.tables = new CatalogSettings(variables);
    this.store =
        tables.areOfThisMachine()
            ? S3ObjectStore.besideLocal(variables)
            : S3ObjectStore.ofFunction(variables, results);
    this.catalog = tables.kept(store);
    this.workers = number("FRAZIL_WORKERS", WORKERS);
    this.log = QueryLog.of(variables);
  }

  static Environment of(Map<String, String> variables) {
    return new Environment(variables);
  }

  QueryRunner runner() {
    var runner =
        new QueryRunner(this::session, store, results, CONTROL_INTERVAL)
            .loggingTo(log)
            .paidBy(Rates.of(variables));
    String stateMachine = variables.get(STATE_MACHINE);
    return stateMachine == null
        ? runner
        : runner.handingOverTo(
            new SaidHandover(new StateMachine(this::steps, stateMachine, longQueries()), log));
  }

  private LongQueries longQueries() {
    int otherwise = Math.toIntExact(StateMachine.LONG_QUERY.toSeconds());
    return new LongQueries(
        Duration.ofSeconds(number("FRAZIL_LONG_QUERY_SECONDS", otherwise)),
        Children.valueOf(
            variables.getOrDefault("FRAZIL_LONG_QUERY_CHILDREN", Children.STANDARD.name())));
  }

  /// Hands on the tasks of others' queries; empty where there are no workers.
  Optional<Leader> leader() {
    return variables.containsKey(WORKER)
        ? Optional.of(new Leader(new LambdaDispatcher(function(WORKER)).loggingTo(log)))
        : Optional.empty();
  }

  /// Coordinators of this one's own version; empty where this process is no function.
  Optional<Starter> coordinators() {
    return self().map(name -> id -> coordinators(name).handOver(id));
  }

  HttpDoor door() {
    QueryRunner runner = runner();
    return new HttpDoor(
            runner.queries(),
            new ShortQueriesHere(
                runner, SHORT, id -> coordinators(required(COORDINATOR)).handOver(id)),
            new Results(store, this::link),
            new SessionCatalog(this::session, CATALOG),
            HttpDoor.SHORT_WAIT,
            "true".equals(variables.get("FRAZIL_CALLER_SESSIONS"))
                ? gateway().tellingSessionsApart()
                : gateway())
        .loggingTo(log);
  }

  private Gateway gateway() {
    String key = variables.getOrDefault("FRAZIL_GATEWAY_KEY", "");
    if (!key.isBlank()) {
      return Gateway.withKey(key);
    }
    // SAM CLI sets the variable in the containers that it starts.
    return "true".equals(variables.get("AWS_SAM_LOCAL"))
        ? Gateway.withoutAuthorizers("sam-local")
        : Gateway.TRUSTED;
  }

  private synchronized Coordinators coordinators(String name) {
    if (starting == null) {
      starting = FunctionStart.builder().build();
    }
    return new Coordinators(new FunctionStart(starting, name), log);
  }

  private synchronized SfnClient steps() {
    if (steps == null) {
      steps = StateMachine.connect();
    }
    return steps;
  }

  private synchronized ObjectLinks.Link link(String location, Duration lasting) {
    if (links == null) {
      links = new S3Links(S3Settings.of(variables));
    }
    return links.link(location, lasting);
  }

  private synchronized SessionBuilder session() {
    BigDecimal budgetMax = Dollars.parse(variables.get("FRAZIL_BUDGET_DOLLARS_MAX"));
    SessionBuilder session =
        SessionContext.builder()
            .rates(Rates.of(variables))
            .budget(budget(budgetMax))
            .budgetMax(budgetMax)
            .catalog(CATALOG, catalog.catalog())
            .defaults(CATALOG, tables.schema())
            .paths(PathAccess.under(variables.getOrDefault("FRAZIL_LOCATIONS", "")));
    if (!"true".equals(variables.get("FRAZIL_WRITES"))) {
      SessionBuilder _ = session.readOnly();
    }
    if (variables.containsKey(STATE_MACHINE)) {
      SessionBuilder _ = session.longQueries(longQueries());
    }
    return variables.containsKey(WORKER) ? withWorkers(session) : session;
  }

  /// Of requests that name none: never more than the most, which would be refused.
  private @Nullable BigDecimal budget(@Nullable BigDecimal most) {
    BigDecimal budget = Dollars.parse(variables.get("FRAZIL_BUDGET_DOLLARS"));
    return budget == null || most == null ? budget : budget.min(most);
  }

  private synchronized SessionBuilder withWorkers(SessionBuilder session) {
    if (dispatcher == null) {
      FunctionCall worker = function(WORKER);
      dispatcher =
          leaderName()
              .map(name -> new LambdaDispatcher(worker, invoker(name)))
              .orElseGet(() -> new LambdaDispatcher(worker))
              .loggingTo(log);
    }
    if (large == null && variables.containsKey(LARGE_WORKER)) {
      large = new LambdaDispatcher(function(LARGE_WORKER)).loggingTo(log);
    }
    SessionBuilder remote = session.workers(workers).remoteWorkers().dispatcher(dispatcher);
    return large == null ? remote : remote.largeWorkers(large);
  }

  /// Who hands tasks on where they are too many to call their workers directly: a coordinator of
  /// this very version.
  private Optional<String> leaderName() {
    if (workers <= LambdaDispatcher.DIRECT_MAX) {
      return Optional.empty();
    }
    return Optional.ofNullable(variables.get(COORDINATOR)).or(this::self);
  }

  /// This function's version, as it is called by.
  private Optional<String> self() {
    String name = variables.get("AWS_LAMBDA_FUNCTION_NAME");
    String version = variables.get("AWS_LAMBDA_FUNCTION_VERSION");
    return name == null || version == null ? Optional.empty() : Optional.of(name + ":" + version);
  }

  private LambdaInvoker function(String variable) {
    return invoker(required(variable));
  }

  private String required(String variable) {
    String name = variables.get(variable);
    if (name == null) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The function's variable " + variable + " is not set");
    }
    return name;
  }

  private synchronized LambdaInvoker invoker(String name) {
    if (lambda == null) {
      lambda = LambdaInvoker.client(connections());
    }
    return new LambdaInvoker(lambda, name);
  }

  /// As many as calls may be made at a time, whatever queries they are of: to workers, to large
  /// ones and to leaders. They are opened as they are needed.
  private int connections() {
    return 2 * LambdaDispatcher.DIRECT_MAX + Math.ceilDiv(workers, LeadTasks.TASKS_MAX);
  }

  private int number(String variable, int otherwise) {
    String text = variables.get(variable);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'%s' is no number: %s".formatted(text, variable), e);
    }
  }
}
