package io.frazil.coordinator.prime;

import io.frazil.coordinator.fanout.LambdaDispatcher;
import io.frazil.coordinator.fanout.LambdaInvoker;
import io.frazil.events.log.QueryLog;
import java.net.URI;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The workers of a Lambda, called by a client of their own.
final class Workers implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final String NAME = "worker:1";

  private final LambdaClient client;
  private final LambdaDispatcher dispatcher;

  Workers(URI lambda) {
    this.client = LambdaInvoker.client(CONNECTIONS, lambda);
    this.dispatcher =
        new LambdaDispatcher(new LambdaInvoker(client, NAME)).loggingTo(QueryLog.UNHEARD);
  }

  LambdaDispatcher dispatcher() {
    return dispatcher;
  }

  @Override
  public void close() {
    dispatcher.close();
    client.close();
  }
}
