package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// SQL that is wrong: exit status 1, what is wrong, where, and no trace.
final class BadSqlTest {
  @TempDir private Path folder;
  private CommandLineRun line = new CommandLineRun(Path.of("."));

  @BeforeEach
  void makeRun() {
    line = new CommandLineRun(folder);
    line.sql("CREATE TABLE t AS SELECT 1 AS answer, 'x' AS word");
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/command-line/sql-with-a-place.txt",
      delimiter = '|',
      quoteCharacter = '`')
  void placeIsShownUnderACaret(String sql, int column, String message) {
    assertThat(line.sql(sql)).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: line 1:%d: %s\n  %s\n  %s^\n"
                .formatted(column, message, sql, " ".repeat(column - 1)));
    assertThat(line.out()).isEmpty();
  }

  @Test
  void placeIsThatOfTheWholeScript() {
    assertThat(line.sql("SELECT 1 AS a;\n  SELECT anser FROM t", "--format", "csv")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            """
            error: line 2:10: Column 'anser' cannot be resolved. Did you mean 'answer'?
                SELECT anser FROM t
                       ^
            """);
    assertThat(line.out()).isEqualTo("a\n1\n");
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/command-line/sql-without-a-place.txt",
      delimiter = '|',
      quoteCharacter = '`')
  void whatHasNoPlaceIsSaidAlone(String sql, String message) {
    assertThat(line.sql(sql, "--format", "json")).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: " + message + "\n");
  }

  @Test
  void whatIsNestedTooDeeplyIsAnError() {
    String sql = "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000);
    assertThat(line.sql(sql)).isEqualTo(1);
    assertThat(line.err())
        .startsWith(
            "error: line 1:1008: The statement is nested too deeply: at most 1,000 parentheses");
  }

  @Test
  void scriptThatIsNotThereIsNamed() {
    String file = folder.resolve("none.sql").toString();
    assertThat(line.run("sql", "-f", file)).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: '" + file + "' does not exist\n");
  }

  @Test
  void tableThatIsNotThereIsNotDescribed() {
    assertThat(line.inWarehouse("describe", "nothing")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: Table 'main.nothing' does not exist; 'frazil tables' lists those that do\n");
  }
}
