package io.frazil.s3.loopback;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// As much of ASN.1's distinguished encoding (ITU-T X.690) as a certificate takes: each element is
/// its tag, its length and its content.
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static final byte[] TRUE = {0x01, 0x01, (byte) 0xFF};
  static final byte[] NULL = {0x05, 0x00};

  private Der() {}

  static byte[] sequence(byte[]... elements) {
    return element(SEQUENCE, elements);
  }

  static byte[] set(byte[]... elements) {
    return element(SET, elements);
  }

  static byte[] integer(long value) {
    return element(INTEGER, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] bits(byte[] content) {
    return element(BIT_STRING, new byte[] {0}, content);
  }

  static byte[] octets(byte[] content) {
    return element(OCTET_STRING, content);
  }

  static byte[] text(String value) {
    return element(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant value) {
    return element(GENERALIZED_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
  }

  /// An object identifier whose first two arcs share a byte, all others having seven bits a byte.
  static byte[] identifier(int first, int second, int... others) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(first * 40 + second);
    for (int arc : others) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >>> shift != 0) {
          bytes.write(((arc >>> shift) & 0x7F) | 0x80);
        }
      }
      bytes.write(arc & 0x7F);
    }
    return element(OBJECT_IDENTIFIER, bytes.toByteArray());
  }

  /// An element whose tag says more than its kind: `[number]`, or one that holds others.
  static byte[] element(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    var bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length >= 0x80) {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int zeros = digits[0] == 0 ? 1 : 0;
      bytes.write(0x80 | (digits.length - zeros));
      bytes.write(digits, zeros, digits.length - zeros);
    } else {
      bytes.write(length);
    }
    for (byte[] content : contents) {
      bytes.writeBytes(content);
    }
    return bytes.toByteArray();
  }
}
