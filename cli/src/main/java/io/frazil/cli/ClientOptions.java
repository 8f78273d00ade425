package io.frazil.cli;

import io.frazil.cli.client.CoordinatorSession;
import io.frazil.cli.option.BearerToken;
import io.frazil.cli.remote.Endpoint;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that run statements: on this machine, or by a deployed Frazil.
public final class ClientOptions {
  @Mixin private final SessionOptions local = new SessionOptions();

  @Option(
      names = "--endpoint",
      paramLabel = "ENDPOINT",
      description = {
        "Ask a deployed Frazil instead of this machine: the URL of its HTTP API, or",
        "function:NAME[:QUALIFIER], its coordinator on Lambda, by default the version that the",
        "alias 'live' names. Requests to API Gateway are signed with the credentials that",
        "AWS's own tools use. A statement has at most 1,000,000 characters.",
        "Default: what FRAZIL_ENDPOINT says, if nothing is said of this machine's warehouse."
      })
  private @Nullable String endpoint;

  @Option(
      names = "--aws",
      description = "Sign requests for AWS where the URL does not tell that it is API Gateway's.")
  private boolean aws;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "Show this bearer token to the endpoint. Default: what FRAZIL_TOKEN says.")
  private @Nullable String token;

  /// Where statements run, if not here.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where the options contradict each other
  Optional<Endpoint> endpoint() {
    if (endpoint != null && local.isOfThisMachine()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "--endpoint asks a deployed Frazil: --warehouse, --workers and --threads are this"
              + " machine's");
    }
    Optional<String> chosen =
        endpoint == null && !local.isOfThisMachine()
            ? EnvironmentVariable.of("FRAZIL_ENDPOINT")
            : Optional.ofNullable(endpoint);
    return chosen.map(Endpoint::of);
  }

  /// A session there or here.
  public CliSession open() {
    return endpoint().map(this::remote).orElseGet(local::open);
  }

  private CliSession remote(Endpoint at) {
    String bearer = token == null ? EnvironmentVariable.of("FRAZIL_TOKEN").orElse(null) : token;
    Endpoint.Deployment there =
        at.deployment(
            new Endpoint.Access(bearer, aws), System.getenv(), new MemoryPool(local.poolBytes()));
    return new CliSession(
        new CoordinatorSession(
            there.coordinator(), Map.of("frazil", there.catalog()), local.limits()),
        there.catalog(),
        () -> {});
  }
}
