package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals, pipes and permissions, which only a process of its own has.
final class ProcessTest {
  /// More rows than anybody waits for, and no memory.
  private static final String ENDLESS =
      """
      WITH d (x) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)),
        m AS (SELECT a.x AS x FROM d AS a, d AS b, d AS c, d AS e, d AS f)
      SELECT a.x, b.x FROM m AS a, m AS b
      """;

  @TempDir private Path folder;
  private ChildProcess child = new ChildProcess(Path.of("."));

  @BeforeEach
  void makeChild() {
    child = new ChildProcess(folder);
  }

  @AfterEach
  void unlock() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        allow(path, "rwx------");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsAQueryAndLeavesNoFile(String signal, int status) throws Exception {
    Process process = child.start("sql", "-c", ENDLESS, "--format", "csv", "--output", "out.csv");
    Path part = folder.resolve(".out.csv.part");
    while (!Files.exists(part) || Files.size(part) == 0) {
      assertThat(process.isAlive()).describedAs(child.said()).isTrue();
      Thread.sleep(20);
    }
    signal(process, signal);
    assertThat(child.end(process)).isEqualTo(new ChildProcess.Ended(status, ""));
    assertThat(part).doesNotExist();
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void interruptEndsCreateTableAsWithoutATrace() throws Exception {
    Process process = child.start("sql", "-c", "CREATE TABLE t AS " + ENDLESS.replace(", b.x", ""));
    Path data = folder.resolve("warehouse/main/t/data");
    while (!hasFile(data)) {
      assertThat(process.isAlive()).describedAs(child.said()).isTrue();
      Thread.sleep(20);
    }
    signal(process, "INT");
    assertThat(child.end(process)).isEqualTo(new ChildProcess.Ended(130, ""));
    assertThat(folder.resolve("warehouse/main/t")).doesNotExist();
  }

  @Test
  void closedPipeEndsAQueryQuietly() throws Exception {
    Process process = child.start("sql", "-c", ENDLESS, "--format", "csv");
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("x,x");
    }
    assertThat(process.waitFor()).isZero();
    assertThat(child.said()).isEmpty();
  }

  @Test
  void fullDeviceIsAnError() throws Exception {
    Path device = Path.of("/dev/full");
    if (!Files.exists(device)) {
      // Only Linux has a device that is always full; elsewhere a folder stands for what fails.
      device = folder;
    }
    ChildProcess.Ended ended =
        child.end(child.start("sql", "-c", "SELECT 1", "--output", device.toString()));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("error: '" + device + "' cannot be written: ")
        .hasLineCount(1);
  }

  @Test
  void fileThatMayNotBeReadIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("secret.parquet"));
    allow(file, "---------");
    assertThat(child.runAsOrdinaryUser("sql", "-c", "SELECT * FROM 'secret.parquet'"))
        .isEqualTo(
            new ChildProcess.Ended(
                1, "error: 'secret.parquet' cannot be read: permission denied\n"));
  }

  @Test
  void scriptThatMayNotBeReadIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("secret.sql"));
    allow(file, "---------");
    assertThat(child.runAsOrdinaryUser("sql", "-f", "secret.sql"))
        .isEqualTo(
            new ChildProcess.Ended(1, "error: 'secret.sql' cannot be read: permission denied\n"));
  }

  @Test
  void importOfAFileThatMayNotBeReadIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("secret.parquet"));
    allow(file, "---------");
    assertThat(child.runAsOrdinaryUser("import", "t", "secret.parquet"))
        .isEqualTo(
            new ChildProcess.Ended(
                1, "error: '%s' cannot be read: permission denied\n".formatted(file.toRealPath())));
  }

  @Test
  void outputIntoAFolderThatMayNotBeWrittenIsRefused() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    allow(locked, "r-x------");
    assertThat(child.runAsOrdinaryUser("sql", "-c", "SELECT 1", "-o", "locked/out.csv"))
        .isEqualTo(
            new ChildProcess.Ended(
                1, "error: 'locked/out.csv' cannot be written: permission denied\n"));
  }

  @Test
  void warehouseThatMayNotBeMadeIsRefused() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    allow(locked, "r-x------");
    assertThat(
            child.runAsOrdinaryUser(
                "sql", "--warehouse", "locked/w", "-c", "CREATE TABLE t AS SELECT 1 AS a"))
        .isEqualTo(
            new ChildProcess.Ended(
                1,
                "error: '%s/w' cannot be made a warehouse: permission denied\n"
                    .formatted(locked.toAbsolutePath())));
  }

  @Test
  void warehouseThatMayNotBeReadIsRefused() throws Exception {
    var made = child.end(child.start("sql", "-c", "CREATE TABLE t AS SELECT 1 AS a"));
    assertThat(made).isEqualTo(new ChildProcess.Ended(0, "1 row written\n"));
    Path warehouse = folder.resolve("warehouse");
    allow(warehouse, "---------");
    assertThat(child.runAsOrdinaryUser("sql", "-c", "SELECT * FROM t"))
        .isEqualTo(
            new ChildProcess.Ended(
                1,
                "error: The warehouse '%s' cannot be read: permission denied\n"
                    .formatted(warehouse.toAbsolutePath())));
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static boolean hasFile(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      return false;
    }
    try (Stream<Path> files = Files.list(data)) {
      return files.findAny().isPresent();
    }
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
