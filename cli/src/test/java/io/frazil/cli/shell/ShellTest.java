package io.frazil.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.cli.CliSession;
import io.frazil.cli.ServedWarehouse;
import io.frazil.cli.client.CoordinatorSession;
import io.frazil.cli.output.Console;
import io.frazil.cli.output.Console.TerminalStreams;
import io.frazil.cli.remote.Endpoint;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the shell answers to what is typed, which is the same wherever statements run.
@ParameterizedClass
@EnumSource(ShellTest.Place.class)
@Timeout(120)
final class ShellTest {
  private static final int KEYBOARD_BYTES = 1 << 16;

  @Parameter private Place place;
  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void resultsAppearBeforeTheNextPrompt() throws IOException {
    assertThat(talk("SELECT 1 AS one;\n\\timing\n"))
        .isEqualTo(
            """
            Frazil. \\? for help, \\q to leave.
            ┌─────┐
            │ one │
            ├─────┤
            │   1 │
            └─────┘
            (1 row)
            Timing is on.
            """);
  }

  @Test
  void failureShowsThePlaceAndEndsItsLineButNotTheShell() throws IOException {
    assertThat(talk("SELEC 1; SELECT 2 AS two;\n\\r\n\\nonsense\n"))
        .isEqualTo(
            """
            Frazil. \\? for help, \\q to leave.
            error: line 1:1: Unexpected 'SELEC'. Expected one of: SELECT, WITH, VALUES, INSERT, \
            CREATE, DROP, SHOW, EXPLAIN.
              SELEC 1; SELECT 2 AS two;
              ^
            There is no command \\nonsense; \\? lists them.
            """);
  }

  @Test
  void statementTakesSeveralLinesAndACommandDropsIt() throws IOException {
    assertThat(talk("SELECT\n1\n\\r\nSELECT 2 AS two,\n3 AS three\n;\n"))
        .isEqualTo(
            """
            Frazil. \\? for help, \\q to leave.
            ┌─────┬───────┐
            │ two │ three │
            ├─────┼───────┤
            │   2 │     3 │
            └─────┴───────┘
            (1 row)
            """);
  }

  @Test
  void longResultsEndEarlyAndSaySo() throws IOException {
    assertThat(talk("\\rows 2\n\\x\nVALUES (1), (2), (3);\n"))
        .contains("── row 2 ")
        .doesNotContain("── row 3 ")
        .endsWith("(the first 2 rows; \\rows N shows more)\n");
  }

  @Test
  void wordsLeaveAsBackslashesDo() throws IOException {
    for (String word : new String[] {"exit", "quit;", "\\q"}) {
      said.reset();
      assertThat(talk(word + "\nSELECT 1;\n")).isEqualTo("Frazil. \\? for help, \\q to leave.\n");
    }
  }

  @Test
  void tablesAndTheirColumnsAreShown() throws IOException {
    assertThat(talk("CREATE TABLE t AS SELECT 7 AS n, 'x' AS s;\n\\d\n\\d t\n\\d missing\n"))
        .isEqualTo(
            """
            Frazil. \\? for help, \\q to leave.
            1 row written
            ┌─────────────┬────────────┐
            │ schema_name │ table_name │
            ├─────────────┼────────────┤
            │ main        │ t          │
            └─────────────┴────────────┘
            (1 row)
            ┌─────────────┬───────────┬──────────┐
            │ column_name │ data_type │ nullable │
            ├─────────────┼───────────┼──────────┤
            │ n           │ integer   │ false    │
            │ s           │ varchar   │ false    │
            └─────────────┴───────────┴──────────┘
            (2 rows)
            error: Table 'missing' does not exist
            """);
  }

  /// A view is the session's.
  @Test
  void viewsAreThereUntilTheShellEnds() throws IOException {
    assertThat(talk("CREATE VIEW v AS SELECT 7 AS n; SELECT n + 1 AS m FROM v;\n"))
        .contains("│ 8 │");
    said.reset();
    assertThat(talk("SELECT * FROM v;\n")).contains("error: line 1:15: Table 'v' does not exist");
  }

  /// Where what is typed runs.
  enum Place {
    HERE {
      @Override
      CliSession open(Path folder, MemoryPool memory) {
        IcebergCatalog warehouse = LocalWarehouse.open(folder);
        return CliSession.embedded(
            warehouse, new CliSession.Resources(1, memory), warehouse::close);
      }
    },
    THERE {
      @Override
      CliSession open(Path folder, MemoryPool memory) {
        var served = new ServedWarehouse(folder, null);
        Endpoint.Deployment there =
            Endpoint.of(served.endpoint())
                .deployment(new Endpoint.Access(null, false), Map.of(), memory);
        return new CliSession(
            new CoordinatorSession(there.coordinator(), Map.of("frazil", there.catalog())),
            there.catalog(),
            served::close);
      }
    };

    abstract CliSession open(Path folder, MemoryPool memory);
  }

  /// Types a text into a shell and then leaves, and says what came of it besides prompts.
  private String talk(String typed) throws IOException {
    var console = new Console(said, said, new TerminalStreams(true, true, false), 80);
    var keyboard = new PipedOutputStream();
    try (var input = new PipedInputStream(keyboard, KEYBOARD_BYTES);
        Terminal terminal =
            TerminalBuilder.builder()
                .system(false)
                .streams(input, new ByteArrayOutputStream())
                .type("ansi")
                .size(new Size(80, 24))
                .build();
        CliSession open = place.open(folder.resolve("warehouse"), new MemoryPool(64 << 20))) {
      keyboard.write((typed + "\\q\n").getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      assertThat(new Shell(console, open.session()).talk(terminal, folder.resolve("history")))
          .isZero();
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
