package io.frazil.cli.remote;

import java.net.URI;
import java.util.Map;

/// What a request shows to be let in.
@FunctionalInterface
interface Authorization {
  Authorization NONE = (_, _, _) -> Map.of();

  /// Headers for a request.
  Map<String, String> headers(String method, URI uri, byte[] body);

  /// Whoever has the token is let in.
  record Bearer(String token) implements Authorization {
    @Override
    public Map<String, String> headers(String method, URI uri, byte[] body) {
      return Map.of("Authorization", "Bearer " + token);
    }
  }
}
