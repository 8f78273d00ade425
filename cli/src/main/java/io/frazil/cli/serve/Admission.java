package io.frazil.cli.serve;

import com.sun.net.httpserver.Headers;
import io.frazil.events.HttpAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may ask a local server: with a token, whoever has it; without one, whoever is on this
/// machine, as far as they name it. A page of another site that a browser here was led to would
/// name that site (DNS rebinding), and is refused.
///
/// @param token null for none
public record Admission(@Nullable String token) {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  /// Why a request is not let in; empty where it is.
  Optional<HttpAnswer> refusal(Headers headers) {
    if (token != null) {
      return hasToken(headers, token)
          ? Optional.empty()
          : Optional.of(refused(401, "The request needs the header 'Authorization: Bearer TOKEN'"));
    }
    return namesThisMachine(headers.getFirst("Host")) && isOwnOrigin(headers.getFirst("Origin"))
        ? Optional.empty()
        : Optional.of(refused(403, "This server answers requests to this machine only"));
  }

  private static boolean hasToken(Headers headers, String token) {
    byte[] given =
        String.valueOf(headers.getFirst("Authorization")).getBytes(StandardCharsets.UTF_8);
    // In a time that does not tell how much of it was right.
    return MessageDigest.isEqual(given, ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean namesThisMachine(@Nullable String host) {
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return HERE.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isOwnOrigin(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = new URI(origin).getHost();
      return host != null && HERE.contains(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static HttpAnswer refused(int status, String message) {
    return new HttpAnswer(
        status,
        Map.of("content-type", "application/json"),
        "{\"message\": \"%s\"}".formatted(message),
        false);
  }
}
