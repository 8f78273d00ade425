package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsOptionTest {
  private static final String COST = "on Lambda \\(us-east-1, prices of [0-9-]+\\): \\$[0-9.]+";

  @TempDir private Path folder;

  private CommandLineRun frazil;

  @BeforeEach
  void fill() {
    frazil = new CommandLineRun(folder);
    assertThat(frazil.sql("CREATE TABLE t AS SELECT * FROM (VALUES (1), (2)) v (a)")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void whatWritesTellsWhatItDid(String workers) {
    String insert = "INSERT INTO t SELECT a + 10 FROM t";
    assertThat(frazil.sql(insert, "--workers", workers, "--stats")).isZero();
    assertThat(frazil.err()).startsWith("2 rows written\n").containsPattern(COST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void whatFailsTellsWhatItTookUntilThen(String workers) {
    String division = "SELECT 1 / (a - 1) AS q FROM t";
    assertThat(frazil.sql(division, "--workers", workers, "--stats")).isEqualTo(1);
    assertThat(frazil.err()).containsPattern("(?s)" + COST + ".*error: .*[Dd]ivision by zero");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void whatDidNotBeginTellsOnlyWhy(String workers) {
    assertThat(frazil.sql("SELECT nope", "--workers", workers, "--stats")).isEqualTo(1);
    assertThat(frazil.err()).startsWith("error: line 1:8: Column 'nope' ");
  }
}
