package io.frazil.engine.parquet.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.parquet.column.values.bloomfilter.XxHash;
import org.junit.jupiter.api.Test;

class XxHash64Test {
  @Test
  void hashesAreThoseOfTheSpecification() {
    assertThat(XxHash64.hash(new byte[0])).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(XxHash64.hash("abc".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(0x44BC2CF5AD770999L);
  }

  @Test
  void bytesOfEveryLengthHashAsParquetsJavaLibraryHashesThem() {
    var random = new Random(1);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(XxHash64.hash(bytes))
          .as("seed 1, %d bytes", length)
          .isEqualTo(new XxHash().hashBytes(bytes));
    }
  }
}
