package io.frazil.cli.serve;

import com.sun.net.httpserver.Headers;
import io.frazil.events.HttpAnswer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
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
/// @param here the names of this machine, in lower case, as a URL has them
public record Admission(@Nullable String token, Set<String> here) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public Admission {
    here = Set.copyOf(here);
  }

  /// To a server at an address, which may be named as it was when that was looked up too.
  public static Admission at(InetSocketAddress address, @Nullable String token) {
    var here = new HashSet<>(LOOPBACK);
    here.add(asInUrl(address.getHostString()));
    if (!address.isUnresolved()) {
      here.add(asInUrl(address.getAddress().getHostAddress()));
    }
    return new Admission(token, here);
  }

  private static String asInUrl(String host) {
    return (host.contains(":") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT);
  }

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

  private boolean namesThisMachine(@Nullable String host) {
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return here.contains(name.toLowerCase(Locale.ROOT));
  }

  private boolean isOwnOrigin(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = new URI(origin).getHost();
      return host != null && here.contains(host.toLowerCase(Locale.ROOT));
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
