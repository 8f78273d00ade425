package io.frazil.s3.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Against encodings written out in ITU-T X.690 and RFC 5280.
class DerTest {
  @Test
  void arcsOfIdentifiersHaveSevenBitsAByte() {
    assertThat(hex(Der.identifier(1, 2, 840, 113_549, 1, 1, 11)))
        .isEqualTo("06092a864886f70d01010b");
    assertThat(hex(Der.identifier(2, 5, 29, 17))).isEqualTo("0603551d11");
    assertThat(hex(Der.identifier(1, 2, 0, 127, 128))).isEqualTo("06052a007f8100");
  }

  @Test
  void longContentsHaveTheirLengthInSeveralBytes() {
    assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00");
    assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000");
    assertThat(hex(Der.octets(new byte[255]))).startsWith("0481ff00");
    assertThat(hex(Der.octets(new byte[256]))).startsWith("0482010000");
    assertThat(hex(Der.octets(new byte[65_536]))).startsWith("048301000000");
  }

  @Test
  void numbersTakeAsFewBytesAsHoldTheirSign() {
    assertThat(hex(Der.integer(0))).isEqualTo("020100");
    assertThat(hex(Der.integer(127))).isEqualTo("02017f");
    assertThat(hex(Der.integer(128))).isEqualTo("02020080");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
