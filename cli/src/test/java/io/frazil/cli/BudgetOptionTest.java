package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetOptionTest {
  private static final String QUERY = "SELECT a, count(*) FROM t GROUP BY a";

  @TempDir private Path folder;

  private CommandLineRun frazil;

  @BeforeEach
  void fill() {
    frazil = new CommandLineRun(folder);
    assertThat(frazil.sql("CREATE TABLE t AS SELECT * FROM (VALUES (1), (2), (2)) v (a)")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void aQueryAboveTheBudgetIsNotBegun(String workers) {
    assertThat(frazil.sql(QUERY, "--workers", workers, "--budget", "0.0000001")).isNotZero();
    assertThat(frazil.out()).isEmpty();
    assertThat(frazil.err())
        .containsPattern(
            "The query is predicted to cost \\$[0-9.]+ to \\$[0-9.]+, above its budget of"
                + " \\$0\\.0000001: nothing was run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void statisticsHaveThePredictionBesideTheLedger(String workers) {
    assertThat(frazil.sql(QUERY, "--workers", workers, "--stats", "--budget", "$1")).isZero();
    assertThat(frazil.err())
        .containsPattern(
            "on Lambda \\(us-east-1, prices of [0-9-]+\\): \\$[0-9.]+;"
                + " predicted \\$[0-9.]+ to \\$[0-9.]+, .* read, [0-9.]+ to [0-9.]+ s");
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThat(frazil.sql(QUERY, "--budget", "-1")).isEqualTo(ExitStatus.USAGE);
    assertThat(frazil.err()).contains("an amount of dollars such as 0.05");
  }
}
