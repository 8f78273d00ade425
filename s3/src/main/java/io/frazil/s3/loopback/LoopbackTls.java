package io.frazil.s3.loopback;

import static io.frazil.s3.loopback.Der.bits;
import static io.frazil.s3.loopback.Der.element;
import static io.frazil.s3.loopback.Der.identifier;
import static io.frazil.s3.loopback.Der.integer;
import static io.frazil.s3.loopback.Der.octets;
import static io.frazil.s3.loopback.Der.sequence;
import static io.frazil.s3.loopback.Der.set;
import static io.frazil.s3.loopback.Der.text;
import static io.frazil.s3.loopback.Der.time;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// TLS on the loopback interface: a certificate for its address, by an authority that was made for
/// it and is known to nobody else. The keys are RSA's, as those of Amazon's own endpoints are.
final class LoopbackTls {
  private static final int KEY_BITS = 2048;
  private static final Duration VALID = Duration.ofDays(1);
  private static final char[] PASSWORD = "loopback".toCharArray();

  // SHA-256 with RSA (RFC 8017), and the parts of a certificate (RFC 5280).
  private static final byte[] SHA256_WITH_RSA =
      sequence(identifier(1, 2, 840, 113_549, 1, 1, 11), Der.NULL);
  private static final byte[] COMMON_NAME = identifier(2, 5, 4, 3);
  private static final byte[] BASIC_CONSTRAINTS = identifier(2, 5, 29, 19);
  private static final byte[] ALTERNATIVE_NAME = identifier(2, 5, 29, 17);
  private static final int VERSION = 0xA0;
  private static final int EXTENSIONS = 0xA3;
  private static final int IP_ADDRESS = 0x87;
  private static final int VERSION_3 = 2;

  private static final byte[] AUTHORITY = name("Loopback authority");
  private static final byte[] SERVER = name("Loopback");

  private final Certificate authority;
  private final Certificate server;
  private final PrivateKey key;

  private LoopbackTls(Certificate authority, Certificate server, PrivateKey key) {
    this.authority = authority;
    this.server = server;
    this.key = key;
  }

  static LoopbackTls generate() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(KEY_BITS);
      KeyPair above = keys.generateKeyPair();
      KeyPair own = keys.generateKeyPair();
      byte[] mayCertify = sequence(BASIC_CONSTRAINTS, Der.TRUE, octets(sequence(Der.TRUE)));
      byte[] address =
          sequence(
              ALTERNATIVE_NAME,
              octets(sequence(element(IP_ADDRESS, InetAddress.getLoopbackAddress().getAddress()))));
      PrivateKey signer = above.getPrivate();
      return new LoopbackTls(
          certificate(1, AUTHORITY, above.getPublic(), mayCertify, signer),
          certificate(2, SERVER, own.getPublic(), address, signer),
          own.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA and X.509", e);
    }
  }

  /// What a server shows to those who connect. It is never stored: of the formats of stores it
  /// takes the one that does not derive a key of its password in thousands of steps.
  SSLContext context() {
    try {
      KeyStore store = empty("JKS");
      store.setKeyEntry("server", key, PASSWORD, new Certificate[] {server, authority});
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key and its certificate make a server", e);
    }
  }

  /// What clients connect with, who trust nobody else. Each begins without sessions.
  SSLSocketFactory client() {
    try {
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an authority makes a client", e);
    }
  }

  /// The authority alone, for a process that is to trust it.
  KeyStore trusted() {
    try {
      KeyStore store = empty("PKCS12");
      store.setCertificateEntry("authority", authority);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a certificate fits into a store", e);
    }
  }

  private static KeyStore empty(String type) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    return store;
  }

  private static byte[] name(String common) {
    return sequence(set(sequence(COMMON_NAME, text(common))));
  }

  private static Certificate certificate(
      long number, byte[] subject, PublicKey key, byte[] extension, PrivateKey signer)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] content =
        sequence(
            element(VERSION, integer(VERSION_3)),
            integer(number),
            SHA256_WITH_RSA,
            AUTHORITY,
            sequence(time(now.minus(VALID)), time(now.plus(VALID))),
            subject,
            key.getEncoded(),
            element(EXTENSIONS, sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(signer);
    signature.update(content);
    byte[] signed = sequence(content, SHA256_WITH_RSA, bits(signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }
}
