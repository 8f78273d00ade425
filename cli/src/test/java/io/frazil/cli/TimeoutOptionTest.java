package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TimeoutOptionTest {
  /// Would go through 10 to the 18 rows.
  private static final String ENDLESS =
      "SELECT count(*) FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l, t m, t n,"
          + " t o, t p, t q, t r";

  @TempDir private Path folder;

  private CommandLineRun frazil;

  @BeforeEach
  void fill() {
    frazil = new CommandLineRun(folder);
    assertThat(
            frazil.sql(
                "CREATE TABLE t AS SELECT * FROM"
                    + " (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) v (a)"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void whatTakesLongerIsStopped(String workers) {
    assertThat(frazil.sql(ENDLESS, "--workers", workers, "--timeout", "2s")).isEqualTo(1);
    assertThat(frazil.out()).isEmpty();
    assertThat(frazil.err()).contains("The query ran longer than its limit of 2000 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void whatIsWrittenByThenGoes(String workers) {
    String write =
        "CREATE TABLE u AS SELECT a.a FROM t a" + ENDLESS.substring(ENDLESS.indexOf(','));
    assertThat(frazil.sql(write, "--workers", workers, "--timeout", "2000ms")).isEqualTo(1);
    assertThat(frazil.err()).contains("The query ran longer than its limit of 2000 ms");
    assertThat(frazil.sql("SELECT * FROM u")).isEqualTo(1);
    assertThat(frazil.err()).contains("Table 'u' does not exist");
  }

  @Test
  void whatIsDoneBeforeIsNot() {
    assertThat(frazil.sql("SELECT sum(a) AS s FROM t", "--timeout", "1h", "--format", "csv"))
        .isZero();
    assertThat(frazil.out()).isEqualTo("s\n45\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1d", "1.5s", "", "9999999999999999999"})
  void whatIsNoTimeIsRefused(String time) {
    assertThat(frazil.sql("SELECT 1", "--timeout", time)).isEqualTo(ExitStatus.USAGE);
    assertThat(frazil.err()).contains("--timeout takes a time such as 30s, 5m or 1h");
  }
}
