package io.frazil.benchmarks.coldstart;

import io.frazil.s3.loopback.LoopbackS3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.util.Collections;
import java.util.List;

/// Whom functions trust: all that the JDK does, which takes its time to load, and the harness's S3.
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /// The JVM's flags, and the file that they name; nothing where S3 is not behind TLS.
  static List<String> flags(Path folder, LoopbackS3 s3) {
    return s3.authority()
        .map(own -> List.of("-Djavax.net.ssl.trustStore=" + write(folder, own)))
        .orElse(List.of());
  }

  private static Path write(Path folder, KeyStore own) {
    // As the JDK's own file is: with no password, whose derivation would take a while.
    Security.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    Security.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    Path file = folder.resolve("authorities.p12");
    Path builtIn = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      for (KeyStore from : List.of(KeyStore.getInstance(builtIn.toFile(), (char[]) null), own)) {
        for (String alias : Collections.list(from.aliases())) {
          all.setCertificateEntry(alias, from.getCertificate(alias));
        }
      }
      all.store(out, null);
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's authorities cannot be copied", e);
    }
  }
}
