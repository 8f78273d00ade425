package io.frazil.cli;

import io.frazil.cli.option.PortNumber;
import io.frazil.cli.output.Console;
import io.frazil.cli.serve.Admission;
import io.frazil.cli.serve.ConnectionLimits;
import io.frazil.cli.serve.LocalServer;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `frazil serve`: the HTTP API on this machine.
@Command(
    name = "serve",
    sortOptions = false,
    header = "Answers the HTTP API on this machine, as a deployed Frazil does.",
    footerHeading = "%nExample:%n",
    footer = {
      "  frazil serve &",
      "  curl -s localhost:8437/v1/queries -d '{\"sql\": \"SELECT 1 + 1 AS two\"}'"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  private final Console console;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortNumber.class,
      description = "Where to listen; 0 for a free port. Default: 8437.")
  private int port = 8437;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "The address to listen at. One that others can reach needs FRAZIL_TOKEN.",
        "Default: 127.0.0.1."
      })
  private String host = LOOPBACK;

  @Mixin private final SessionOptions options = new SessionOptions();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    var address = new InetSocketAddress(host, port);
    String token = EnvironmentVariable.of("FRAZIL_TOKEN").orElse(null);
    requireToken(address, token);
    ConnectionLimits.apply();
    var stopped = new CountDownLatch(1);
    try (Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.EXITS);
        LocalDeployment deployment = options.deployment();
        LocalServer server =
            LocalServer.start(
                address, deployment.http(), deployment.downloads(), Admission.at(address, token))) {
      console.messageLine(
          "Frazil answers at http://%s:%d/v1/queries; Ctrl-C ends it."
              .formatted(host.contains(":") ? "[" + host + "]" : host, server.port()));
      interrupts.cancelBy(stopped::countDown);
      stopped.await();
    }
    return ExitStatus.INTERRUPTED;
  }

  private static void requireToken(InetSocketAddress address, @Nullable String token) {
    if (address.isUnresolved()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "There is no address '" + address.getHostString() + "'");
    }
    if (token == null && !address.getAddress().isLoopbackAddress()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' can be reached by others: set FRAZIL_TOKEN to what they have to show"
              .formatted(address.getHostString()));
    }
  }
}
