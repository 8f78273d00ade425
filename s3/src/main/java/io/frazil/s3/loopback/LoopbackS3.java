package io.frazil.s3.loopback;

import io.frazil.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Objects in memory behind S3's protocol, on the loopback interface: GET with ranges, HEAD,
/// DELETE, PUT with `If-None-Match` and `If-Match`, listings of one page. Knows no multipart
/// uploads, takes any signature, and expects keys that need no encoding. Closing ends its
/// connections.
public final class LoopbackS3 implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "loopback", "AWS_SECRET_ACCESS_KEY", "loopback");

  private final Objects objects = new Objects();
  private final @Nullable LoopbackTls tls;
  private final LoopbackServer server;

  private LoopbackS3(@Nullable LoopbackTls tls) {
    this.tls = tls;
    ServerSocketFactory sockets =
        tls == null ? ServerSocketFactory.getDefault() : tls.context().getServerSocketFactory();
    this.server = LoopbackServer.start(sockets, objects::answer);
  }

  /// Starts one at a port that is free.
  public static LoopbackS3 start() {
    return new LoopbackS3(null);
  }

  /// The same behind TLS, with a certificate that its own settings trust.
  public static LoopbackS3 startSecure() {
    return new LoopbackS3(LoopbackTls.generate());
  }

  public URI endpoint() {
    return URI.create((tls == null ? "http://" : "https://") + server.address());
  }

  /// How a store reaches it, with credentials of its own.
  public S3Settings settings() {
    return settings(CREDENTIALS);
  }

  /// How a store reaches it, with credentials as these variables of a process say. Behind TLS each
  /// begins without a session.
  public S3Settings settings(Map<String, String> credentials) {
    S3Settings settings = S3Settings.of(environment(credentials));
    return tls == null ? settings : settings.withSockets(tls.client());
  }

  /// The same as variables of a process, which has to trust [#authority] where it is secure.
  public Map<String, String> environment() {
    return environment(CREDENTIALS);
  }

  /// The same with other credentials.
  public Map<String, String> environment(Map<String, String> credentials) {
    var variables = new HashMap<>(credentials);
    variables.put("AWS_REGION", REGION);
    variables.put("AWS_ENDPOINT_URL", endpoint().toString());
    return variables;
  }

  /// Who certified it, where it is secure.
  public Optional<KeyStore> authority() {
    return Optional.ofNullable(tls).map(LoopbackTls::trusted);
  }

  /// Has this process's own TLS look at the certificate, where it is secure. It refuses it, and has
  /// then read whom it trusts, which takes a tenth of a second and is no secret.
  public void showToStrangers() {
    if (tls == null) {
      return;
    }
    try {
      int _ = endpoint().toURL().openConnection().getInputStream().read();
      throw new IllegalStateException("a certificate of nobody's was trusted");
    } catch (SSLException _) {
      return; // As it has to be.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes all objects whose locations begin with a prefix.
  public void removeAll(String prefix) {
    objects.removeAll(prefix.substring("s3:/".length()));
  }

  @Override
  public void close() {
    server.close();
  }
}
