package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.Console.TerminalStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of wrong and of right input: the exact message, the exit status, no trace.
final class CommandLineTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void resultsGoToStandardOutputAlone() {
    assertThat(sql("SELECT 1 AS one, 'a' AS word", "--format", "csv")).isZero();
    assertThat(out()).isEqualTo("one,word\n1,a\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void lookingMakesNoWarehouse() {
    assertThat(sql("SHOW TABLES", "--format", "csv")).isZero();
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }

  @Test
  void misspeltColumnIsNamedWithItsPlaceAndANeighbour() {
    sql("CREATE TABLE t AS SELECT 1 AS answer");
    err.reset();
    assertThat(sql("SELECT anser FROM t")).isEqualTo(1);
    assertThat(err())
        .isEqualTo("error: line 1:8: Column 'anser' cannot be resolved. Did you mean 'answer'?\n");
  }

  @Test
  void missingTableIsNamedWithItsPlace() {
    assertThat(sql("SELECT * FROM nowhere")).isEqualTo(1);
    assertThat(err()).startsWith("error: line 1:15: Table 'nowhere' ");
  }

  @Test
  void missingFileIsNamed() {
    String file = folder.resolve("none.parquet").toString();
    assertThat(sql("SELECT * FROM '" + file + "'")).isEqualTo(1);
    assertThat(err()).isEqualTo("error: '" + file + "' does not exist\n");
  }

  @Test
  void fileThatIsNoParquetIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.parquet"), "this is not a Parquet file");
    assertThat(sql("SELECT * FROM '" + file + "'")).isEqualTo(1);
    assertThat(err()).startsWith("error: ").contains(file.toString()).contains("Parquet");
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void divisionByZeroSaysOfWhat() {
    assertThat(sql("SELECT 1 / 0")).isEqualTo(1);
    assertThat(err()).isEqualTo("error: Division by zero: 1 / 0\n");
  }

  @Test
  void unknownOptionIsUsage() {
    assertThat(run("sql", "--frmat", "csv")).isEqualTo(2);
    assertThat(err()).contains("--frmat").contains("--help");
    assertThat(out()).isEmpty();
  }

  @Test
  void failedCreateTableAsLeavesNothing() {
    assertThat(sql("CREATE TABLE t AS SELECT 1 / (x - 1) AS y FROM (VALUES (3), (1)) AS v (x)"))
        .isEqualTo(1);
    assertThat(folder.resolve("warehouse/main/t")).doesNotExist();
    err.reset();
    assertThat(sql("SELECT * FROM t")).isEqualTo(1);
  }

  @Test
  void outputFileAppearsOnlyWhenComplete() {
    Path file = folder.resolve("out.csv");
    assertThat(sql("SELECT 1 / 0", "--format", "csv", "--output", file.toString())).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(sql("SELECT 2 AS x", "--format", "csv", "--output", file.toString())).isZero();
    assertThat(file).hasContent("x\n2\n");
  }

  private int sql(String sql, String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("sql", "-c", sql));
    arguments.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    var console = new Console(out, err, new TerminalStreams(false, false, false), 100);
    return Frazil.run(console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
