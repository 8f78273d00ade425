package io.frazil.engine.parquet.decode;

/// Signed numbers of up to 16 bytes, the most significant first: decimals in byte arrays. Longer
/// ones are taken if the bytes beyond only repeat the sign.
final class BigEndian {
  private BigEndian() {}

  /// The lower 64 bits.
  static long low(byte[] bytes, int start, int length) {
    return part(bytes, Math.max(start, start + length - 8), start + length, start);
  }

  /// The upper 64 bits.
  static long high(byte[] bytes, int start, int length) {
    if (length <= 8) {
      return length == 0 ? 0 : bytes[start] >> 7;
    }
    int end = start + length - 8;
    int from = Math.max(start, end - 8);
    long high = part(bytes, from, end, start);
    for (int i = start; i < from; i++) {
      DamagedPage.check(bytes[i] == (byte) (high >> 63), "a decimal of more than 16 bytes");
    }
    return high;
  }

  private static long part(byte[] bytes, int from, int to, int start) {
    int size = to - from;
    if (size == 8) {
      return LittleEndian.bigEndianLongAt(bytes, from);
    }
    long value = size == 0 ? 0 : bytes[start] >> 7;
    for (int i = from; i < to; i++) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return value;
  }
}
