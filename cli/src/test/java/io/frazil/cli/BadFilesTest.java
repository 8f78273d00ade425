package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that cannot be read or become a table: which and why, and nothing is left of the attempt.
final class BadFilesTest {
  @TempDir private Path folder;
  private CommandLineRun line = new CommandLineRun(Path.of("."));

  @BeforeEach
  void makeRun() {
    line = new CommandLineRun(folder);
  }

  @Test
  void missingFileIsNamed() {
    String file = folder.resolve("none.parquet").toString();
    assertThat(line.sql("SELECT * FROM '" + file + "'")).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: '" + file + "' does not exist\n");
  }

  @Test
  void patternThatMatchesNothingIsNamed() {
    String pattern = folder + "/*.parquet";
    assertThat(line.sql("SELECT * FROM '" + pattern + "'")).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: No file matches '" + pattern + "'\n");
  }

  @Test
  void fileThatIsNoParquetIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.parquet"), "this is not a Parquet file");
    assertThat(line.sql("SELECT * FROM '" + file + "'")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: '%s' is not a Parquet file, or is damaged: %s\n"
                .formatted(file, "it does not end as one does; perhaps it was cut short"));
  }

  @Test
  void emptyFileIsNoParquet() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.parquet"));
    assertThat(line.sql("SELECT * FROM '" + file + "'")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: '%s' is not a Parquet file, or is damaged: it is only 0 bytes long\n"
                .formatted(file));
  }

  @Test
  void fileThatWasCutShortIsNamed() throws IOException {
    Path whole = parquet("whole", "SELECT 1 AS a");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.parquet");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 10));
    assertThat(line.sql("SELECT * FROM '" + cut + "'")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: '%s' is not a Parquet file, or is damaged: %s\n"
                .formatted(cut, "it does not end as one does; perhaps it was cut short"));
  }

  @Test
  void fileWhoseMiddleIsMissingIsNamed() throws IOException {
    Path whole = parquet("whole", SEQUENCE);
    byte[] bytes = Files.readAllBytes(whole);
    int hole = bytes.length / 2;
    byte[] rest = Arrays.copyOf(bytes, bytes.length - hole + 4);
    System.arraycopy(bytes, hole, rest, 4, bytes.length - hole);
    Path cut = folder.resolve("cut.parquet");
    Files.write(cut, rest);
    assertThat(line.sql("SELECT sum(length(a)) FROM '" + cut + "'")).isEqualTo(1);
    assertThat(line.err())
        .startsWith("error: '" + cut + "' is not a Parquet file, or is damaged: ")
        .hasLineCount(1);
  }

  @Test
  void fileWithDamagedDataIsNamedWithItsColumn() throws IOException {
    Path file = parquet("damaged", SEQUENCE);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 60, bytes.length / 2, (byte) 0xA5);
    Files.write(file, bytes);
    assertThat(line.sql("SELECT sum(length(a)) FROM '" + file + "'")).isEqualTo(1);
    assertThat(line.err()).startsWith("error: ").contains(file.toString()).hasLineCount(1);
    assertThat(line.err()).contains("column 'a'");
  }

  @Test
  void importOfMissingFilesIsRefused() {
    assertThat(line.inWarehouse("import", "t", folder + "/*.parquet")).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: No file matches '" + folder + "/*.parquet'\n");
    assertNoTable();
  }

  @Test
  void importOfAnEmptyFolderIsRefused() {
    assertThat(line.inWarehouse("import", "t", folder.toString())).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: No file matches '" + folder + "'\n");
    assertNoTable();
  }

  @Test
  void importOfFilesWithDifferentColumnsIsRefused() {
    Path one = parquet("one", "SELECT 1 AS a");
    Path two = parquet("two", "SELECT 1 AS b");
    assertThat(line.inWarehouse("import", "t", one.toString(), two.toString())).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: The files cannot be one table: '%s' has a column 'a', '%s' has not\n"
                .formatted(one, two));
    assertNoTable();
  }

  @Test
  void importOfFilesWithDifferentTypesIsRefused() {
    Path one = parquet("one", "SELECT 1 AS a");
    Path two = parquet("two", "SELECT 'x' AS a");
    assertThat(line.inWarehouse("import", "t", one.toString(), two.toString())).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error: The files cannot be one table: column 'a' is integer in '%s' and varchar in"
                    .formatted(one)
                + " '%s'\n".formatted(two));
    assertNoTable();
  }

  @Test
  void importUnderANameThatExistsIsRefused() {
    Path one = parquet("one", "SELECT 1 AS a");
    line.sql("CREATE TABLE t AS SELECT 2 AS b");
    assertThat(line.inWarehouse("import", "t", one.toString())).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: Table 'main.t' already exists\n");
  }

  @Test
  void importIntoASchemaThatIsNotThereIsRefused() {
    Path one = parquet("one", "SELECT 1 AS a");
    assertThat(line.inWarehouse("import", "sales.t", one.toString())).isEqualTo(1);
    assertThat(line.err()).isEqualTo("error: Schema 'sales' does not exist\n");
  }

  @Test
  void importThatAnalyzesDamagedDataLeavesNothing() throws IOException {
    Path file = parquet("damaged", SEQUENCE);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 60, bytes.length / 2, (byte) 0xA5);
    Files.write(file, bytes);
    assertThat(line.inWarehouse("import", "--analyze", "t", file.toString())).isEqualTo(1);
    assertThat(line.err()).startsWith("error: ").contains(file.toString()).hasLineCount(1);
    assertNoTable();
    assertThat(line.warehouse().resolve("main")).doesNotExist();
  }

  /// Texts that are all different, so that they fill pages.
  private static final String SEQUENCE =
      """
      WITH d (x) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
      SELECT CAST(a.x * 1000 + b.x * 100 + c.x * 10 + d.x AS VARCHAR) AS a
      FROM d AS a, d AS b, d AS c, d
      """;

  private Path parquet(String name, String query) {
    Path file = folder.resolve(name + ".parquet");
    assertThat(line.sql(query, "--format", "parquet", "--output", file.toString()))
        .describedAs(line.err())
        .isZero();
    return file;
  }

  private void assertNoTable() {
    assertThat(line.sql("SHOW TABLES", "--format", "csv")).isZero();
    assertThat(line.out()).isEqualTo("schema_name,table_name\n");
  }
}
