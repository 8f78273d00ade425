package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.fragment.BuildId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Options and commands, right and wrong: exit status 2 and a message that helps.
final class CommandLineTest {
  @TempDir private Path folder;
  private CommandLineRun line = new CommandLineRun(Path.of("."));

  @BeforeEach
  void makeRun() {
    line = new CommandLineRun(folder);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/command-line/wrong-usage.txt", delimiter = '|', quoteCharacter = '`')
  void wrongUsageSaysWhatIsWrong(String arguments, String message, String command) {
    assertThat(line.run(arguments.split(" "))).isEqualTo(2);
    assertThat(line.err())
        .isEqualTo("frazil: " + message + "\n'" + command + " --help' says what there is.\n");
    assertThat(line.out()).isEmpty();
  }

  @Test
  void emptySqlIsUsage() {
    assertThat(line.run("sql", "-c", " ; -- nothing\n")).isEqualTo(2);
    assertThat(line.err()).isEqualTo("frazil: there is no SQL in --command\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql", "tables", "describe", "import", "tpch", "demo", "serve"})
  void helpOfEveryCommandHasExamplesAndExitStatuses(String command) {
    assertThat(line.run(command, "--help")).isZero();
    assertThat(line.out())
        .contains("Usage: frazil " + command + " ")
        .containsPattern("\nExamples?:\n  frazil " + command)
        .contains("  130   interrupted by Ctrl-C\n");
    assertThat(line.err()).isEmpty();
  }

  @Test
  void commandListGivesEachCommandASentence() {
    assertThat(line.run("--help")).isZero();
    String commands = line.out().split("Commands:\n")[1].split("\n\n")[0];
    assertThat(commands.lines())
        .hasSize(7)
        .allMatch(command -> command.matches("  \\w+ +[A-Z].*\\."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "sql --version", "-V"})
  void versionIsSaid(String arguments) {
    assertThat(line.run(arguments.split(" "))).isZero();
    assertThat(line.out())
        .isEqualTo("frazil " + BuildId.current() + "\n")
        .matches("frazil 0\\.1\\.0-SNAPSHOT\\+[0-9a-f]{12}\n");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheSql() throws IOException {
    Path script = folder.resolve("script.sql");
    Files.writeString(script, "\ufeffSELECT 1 AS one");
    assertThat(line.inWarehouse("sql", "-f", script.toString(), "--format", "csv")).isZero();
    assertThat(line.out()).isEqualTo("one\n1\n");
    Files.writeString(script, "\ufeffSELECT nope");
    assertThat(line.inWarehouse("sql", "-f", script.toString())).isEqualTo(1);
    assertThat(line.err()).startsWith("error: line 1:8: Column 'nope' ");
  }

  @Test
  void whatIsNotUtf8IsNotGuessed() {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream("SELECT 'für' AS w".getBytes(StandardCharsets.ISO_8859_1)));
    try {
      assertThat(line.inWarehouse("sql")).isEqualTo(1);
    } finally {
      System.setIn(before);
    }
    assertThat(line.err()).isEqualTo("error: standard input is not a text in UTF-8\n");
    assertThat(line.out()).isEmpty();
  }

  @Test
  void resultsGoToStandardOutputAlone() {
    assertThat(line.sql("SELECT 1 AS one, 'a' AS word", "--format", "CSV")).isZero();
    assertThat(line.out()).isEqualTo("one,word\n1,a\n");
    assertThat(line.err()).isEmpty();
  }

  @Test
  void lookingMakesNoWarehouse() {
    assertThat(line.sql("SHOW TABLES", "--format", "csv")).isZero();
    assertThat(line.warehouse()).doesNotExist();
  }
}
