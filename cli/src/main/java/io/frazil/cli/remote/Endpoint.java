package io.frazil.cli.remote;

import io.frazil.cli.client.Coordinator;
import io.frazil.cli.client.CoordinatorSession;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.provider.CatalogProvider;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a deployed Frazil is: the URL of its HTTP API, or its coordinator function.
public sealed interface Endpoint {
  String FUNCTION = "function:";

  /// The alias of what is deployed. A function without a qualifier is its code as it was last
  /// uploaded: without a snapshot, and after a roll-back what was rolled back.
  String LIVE = "live";

  /// @param base without a path
  record Api(URI base) implements Endpoint {}

  /// @param name a function's name or ARN
  /// @param qualifier a version or an alias
  record Function(String name, String qualifier) implements Endpoint {}

  /// How requests show who makes them, where that is said.
  ///
  /// @param token shown as a bearer's
  /// @param signed whether they are signed for AWS, whatever the URL
  record Access(@Nullable String token, boolean signed) {
    /// What requests to an API show: a signature where its host is API Gateway's own and there is
    /// no token, too.
    ///
    /// @param environment for AWS's region and credentials
    /// @throws FrazilException INVALID_ARGUMENT where it would be shown in the clear, or cannot be
    Authorization authorization(URI base, Map<String, String> environment) {
      Optional<String> region = AwsSignature.regionOf(base);
      boolean signs = signed || (token == null && region.isPresent());
      if (!signs && token == null) {
        return Authorization.NONE;
      }
      if (base.getScheme().equals("http") && !isHere(base.getHost())) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT,
            "'%s' would show others who you are: use https".formatted(base));
      }
      if (!signs && !String.valueOf(token).matches("[\\x20-\\x7e]+")) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT, "The token has characters that a header cannot carry");
      }
      return signs
          ? AwsSignature.of("execute-api", region, environment)
          : new Authorization.Bearer(String.valueOf(token));
    }

    private static boolean isHere(String host) {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }
  }

  /// @param text `https://host`, or `function:NAME[:QUALIFIER]`, without a qualifier [#LIVE]
  /// @throws FrazilException INVALID_ARGUMENT where it is neither
  static Endpoint of(String text) {
    if (text.startsWith(FUNCTION)) {
      return function(text, text.substring(FUNCTION.length()));
    }
    Matcher url =
        Pattern.compile("(https?)://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})?/?")
            .matcher(text);
    if (!url.matches()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is no endpoint: it should be like https://host or function:NAME".formatted(text));
    }
    return new Api(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
  }

  /// What there is to ask.
  ///
  /// @param coordinator runs queries
  /// @param catalog knows the names of tables and columns, for completing them
  record Deployment(Coordinator coordinator, CatalogProvider catalog) {}

  /// Nothing is asked yet.
  ///
  /// @param environment for AWS's region, credentials and endpoints
  /// @param memory for reading results
  default Deployment deployment(Access access, Map<String, String> environment, MemoryPool memory) {
    return switch (this) {
      case Api(URI base) -> {
        var requests = new Requests(base, access.authorization(base, environment));
        yield new Deployment(
            new ApiCoordinator(requests, memory), new RemoteCatalog(new ApiNames(requests)));
      }
      case Function function -> {
        Coordinator coordinator = FunctionCoordinator.of(function, environment, memory);
        var session = new CoordinatorSession(coordinator, Map.of());
        yield new Deployment(coordinator, new RemoteCatalog(new StatementNames(session)));
      }
    };
  }

  private static Endpoint function(String text, String name) {
    // An ARN has colons of its own: arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER].
    Matcher parts =
        Pattern.compile("((?:arn:[^:]+:lambda:[^:]+:\\d+:function:)?[\\w-]{1,140})(?::([\\w$-]+))?")
            .matcher(name);
    if (!parts.matches()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' names no function: it should be like function:NAME or function:NAME:QUALIFIER"
              .formatted(text));
    }
    return new Function(parts.group(1), parts.group(2) == null ? LIVE : parts.group(2));
  }
}
