package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a file holds, reading it ends in rows or in one of our errors.
class CorruptionTest {
  private static final Set<ErrorCode> EXPECTED =
      EnumSet.of(
          ErrorCode.FILE_CORRUPT,
          ErrorCode.NOT_SUPPORTED,
          ErrorCode.MEMORY_LIMIT,
          ErrorCode.TYPE_MISMATCH);

  private final MemoryStore store = new MemoryStore();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void damagedBytesGiveRowsOrAnErrorOfOurs(long seed) {
    var random = new Random(seed);
    EncodingsTest.write(store, random);
    byte[] whole = store.bytes("f");
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      int flips = random.nextInt(1, 6);
      for (int flip = 0; flip < flips; flip++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      store.put("f", damaged);
      readOrFail("seed " + seed + ", damage " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void damagedFootersGiveRowsOrAnErrorOfOurs(long seed) {
    var random = new Random(seed);
    EncodingsTest.write(store, random);
    byte[] whole = store.bytes("f");
    int footer = Math.min(whole.length, 6000);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[damaged.length - 1 - random.nextInt(footer)] ^= (byte) (1 << random.nextInt(8));
      store.put("f", damaged);
      readOrFail("seed " + seed + ", damage " + i);
    }
  }

  private void readOrFail(String what) {
    try {
      List<List<@Nullable Object>> rows = new Scans(store).rows("f");
      assertThat(rows).isNotNull();
    } catch (FrazilException e) {
      assertThat(e.code()).as("%s: %s", what, e.getMessage()).isIn(EXPECTED);
    }
    assertThat(store.open.get()).as("%s leaves no file open", what).isZero();
  }

  @Test
  void aFileThatWasCutShortSaysSo() {
    EncodingsTest.write(store, new Random(3));
    byte[] whole = store.bytes("f");
    for (int length : new int[] {12, 100, whole.length / 2, whole.length - 1}) {
      store.put("f", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ParquetFile.open(store, "f"))
          .isInstanceOf(FrazilException.class)
          .hasMessage(
              "'f' is not a Parquet file, or is damaged: it does not end as one does; perhaps it"
                  + " was cut short");
    }
  }

  @Test
  void aTinyFileSaysHowLongItIs() {
    store.put("f", new byte[5]);
    assertThatThrownBy(() -> ParquetFile.open(store, "f"))
        .hasMessage("'f' is not a Parquet file, or is damaged: it is only 5 bytes long");
    assertThat(store.open.get()).isZero();
  }

  @Test
  void anEncryptedFileIsNotSupported() {
    store.put("f", "PAR1........PARE".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ParquetFile.open(store, "f"))
        .hasMessage("'f' is encrypted, which is not supported yet")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  @Test
  void aFooterLongerThanTheFileIsDamaged() {
    store.put("f", "PAR1....\u00ff\u00ff\u0000\u0000PAR1".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ParquetFile.open(store, "f"))
        .hasMessage("'f' is not a Parquet file, or is damaged: its footer would have 65535 bytes");
  }
}
