package io.frazil.engine.fragment;

import io.frazil.engine.function.FunctionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/// What has to be the same where a fragment is planned and where it runs.
public final class BuildId {
  private static final String CURRENT = load();
  private static final int FINGERPRINT_BYTES = 8;

  private BuildId() {}

  /// Of this engine: its version, and a digest of the sources that the functions are made of, as
  /// `0.1.0-SNAPSHOT+d35bb96f51fa`. The same sources have the same one.
  public static String current() {
    return CURRENT;
  }

  /// Of the functions in a registry: their kinds, names and classes. SQL's own scalar functions are
  /// those of the build.
  public static String fingerprint(FunctionRegistry functions) {
    var text = new StringBuilder();
    if (functions.hasBuiltIn()) {
      text.append("built-in\n");
    }
    for (String name : functions.addedScalarNames()) {
      String type = functions.requireScalar(name).getClass().getName();
      text.append("scalar ").append(name).append(' ').append(type).append('\n');
    }
    for (String name : functions.aggregateNames()) {
      String type = functions.requireAggregate(name).getClass().getName();
      text.append("aggregate ").append(name).append(' ').append(type).append('\n');
    }
    byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String load() {
    var properties = new Properties();
    try (InputStream in = BuildId.class.getResourceAsStream("build.properties")) {
      properties.load(Objects.requireNonNull(in, "build.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(properties.getProperty("build"), "build");
  }
}
