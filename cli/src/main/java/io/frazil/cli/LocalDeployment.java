package io.frazil.cli;

import io.frazil.cli.serve.LocalDownloads;
import io.frazil.coordinator.HttpHandler;
import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.session.QueryFolder;
import io.frazil.session.SessionBuilder;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The functions of a deployment, in this process: coordinators run queries, the HTTP function
/// accepts them and tells about them.
final class LocalDeployment implements AutoCloseable {
  /// How many queries run at a time; more wait for their turn.
  private static final int COORDINATORS = 4;

  /// How long what is known of a query stays, as a deployment's bucket keeps it for some days.
  private static final Duration KEPT = Duration.ofDays(1);

  private static final Duration REMOVAL_INTERVAL = Duration.ofHours(1);

  private final QueryFolder folder = QueryFolder.temporary();
  private final ExecutorService coordinators = Executors.newFixedThreadPool(COORDINATORS);
  private final QueryRunner runner;
  private final LocalDownloads downloads;
  private final HttpHandler http;
  private final ScheduledExecutorService removal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("frazil-removal").factory());
  private final Runnable closeRest;

  /// @param sessions what each query's session is made of
  /// @param catalog the name of the catalog that is shown
  /// @param interval how soon a query notices that it was cancelled
  /// @param closeRest runs when the deployment is closed
  LocalDeployment(
      Supplier<SessionBuilder> sessions, String catalog, Duration interval, Runnable closeRest) {
    this.closeRest = closeRest;
    var store = new LocalObjectStore();
    this.downloads = new LocalDownloads(store);
    this.runner = new QueryRunner(sessions, store, folder.location(), interval);
    this.http =
        new HttpHandler(
            new HttpDoor(
                runner.queries(),
                // Who waits for its turn may come several times: nobody waits for whoever has it.
                id -> coordinators.execute(() -> runner.takeOn(id, () -> Long.MAX_VALUE)),
                new Results(store, downloads),
                new SessionCatalog(sessions, catalog),
                HttpDoor.SHORT_WAIT,
                Gateway.TRUSTED));
    var _ =
        removal.scheduleWithFixedDelay(
            () -> folder.removeUnchangedFor(KEPT),
            REMOVAL_INTERVAL.toMinutes(),
            REMOVAL_INTERVAL.toMinutes(),
            TimeUnit.MINUTES);
  }

  HttpHandler http() {
    return http;
  }

  /// What the handler's links lead to.
  LocalDownloads downloads() {
    return downloads;
  }

  @Override
  public void close() {
    coordinators.shutdown();
    runner.close();
    coordinators.close();
    removal.close();
    try {
      folder.close();
    } finally {
      closeRest.run();
    }
  }
}
