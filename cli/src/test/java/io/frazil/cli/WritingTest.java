package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What failed writes leave: nothing.
final class WritingTest {
  @TempDir private Path folder;
  private CommandLineRun line = new CommandLineRun(Path.of("."));

  @BeforeEach
  void makeRun() {
    line = new CommandLineRun(folder);
  }

  @Test
  void failedCreateTableAsLeavesNothing() {
    String rows = "FROM (VALUES (3), (1)) AS v (x)";
    assertThat(line.sql("CREATE TABLE t AS SELECT 1 / (x - 1) AS y " + rows)).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: Division by zero: 1 / 0\n");
    assertThat(files(line.warehouse())).containsExactly("catalog.db");
    assertThat(line.sql("SHOW TABLES", "--format", "csv")).isZero();
    assertThat(line.out()).isEqualTo("schema_name,table_name\n");
  }

  @Test
  void failedInsertLeavesTheTableAsItWas() {
    line.sql("CREATE TABLE t AS SELECT 7 AS a");
    List<String> before = files(line.warehouse());
    assertThat(line.sql("INSERT INTO t SELECT 1 / (x - 1) FROM (VALUES (3), (1)) AS v (x)"))
        .isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: Division by zero: 1 / 0\n");
    assertThat(files(line.warehouse())).isEqualTo(before);
    line.sql("SELECT * FROM t", "--format", "csv");
    assertThat(line.out()).isEqualTo("a\n7\n");
  }

  @Test
  void nullIntoNotNullNamesTableAndColumn() {
    line.sql("CREATE TABLE t (a INT NOT NULL, b VARCHAR)");
    List<String> before = files(line.warehouse());
    assertThat(line.sql("INSERT INTO t VALUES (1, 'x'), (NULL, 'y')")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo("error: Column 'a' of table 't' is NOT NULL and would get a NULL\n");
    assertThat(files(line.warehouse())).isEqualTo(before);
  }

  @Test
  void columnThatIsNotNullNeedsAValue() {
    line.sql("CREATE TABLE t (a INT NOT NULL, b VARCHAR)");
    assertThat(line.sql("INSERT INTO t (b) VALUES ('y')")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo("error: Column 'a' of table 't' is NOT NULL and gets no value\n");
  }

  @Test
  void outputFileAppearsOnlyWhenComplete() {
    Path file = folder.resolve("out.csv");
    assertThat(line.sql("SELECT 1 / 0", "--output", file.toString())).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(line.sql("SELECT 2 AS x", "--format", "csv", "--output", file.toString())).isZero();
    assertThat(file).hasContent("x\n2\n");
    assertThat(files(folder)).containsExactly("out.csv");
  }

  @Test
  void outputThatIsThereIsReplacedWhenCompleteAndKeptOtherwise() throws IOException {
    Path file = Files.writeString(folder.resolve("out.csv"), "precious");
    assertThat(line.sql("SELECT 1 / 0", "--output", file.toString())).isEqualTo(1);
    assertThat(file).hasContent("precious");
    assertThat(line.sql("SELECT 2 AS x", "--format", "csv", "-o", file.toString())).isZero();
    assertThat(file).hasContent("x\n2\n");
  }

  @Test
  void outputThatIsADirectoryIsRefused() {
    assertThat(line.sql("SELECT 1", "--output", folder.toString())).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo("error: '" + folder + "' cannot be written: it is a directory\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void outputIntoAFolderThatIsNotThereIsRefused() {
    Path file = folder.resolve("nowhere/out.csv");
    assertThat(line.sql("SELECT 1", "--output", file.toString())).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo("error: '" + file + "' cannot be written: there is no such folder\n");
  }

  @Test
  void secondResultLeavesNoParquetFile() {
    Path file = folder.resolve("two.parquet");
    assertThat(line.sql("SELECT 1; SELECT 2", "--format", "parquet", "-o", file.toString()))
        .isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: the SQL has a second result, but parquet holds one; csv and ndjson take"
                + " several\n");
    assertThat(folder).isEmptyDirectory();
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
