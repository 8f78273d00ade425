package io.frazil.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.Console.TerminalStreams;
import io.frazil.session.SessionContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the shell answers to what is typed.
final class ShellTest {
  private static final int KEYBOARD_BYTES = 1 << 16;

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

  /// Types a text into a shell and then leaves, and says what came of it besides prompts.
  private String talk(String typed) throws IOException {
    var console = new Console(said, said, new TerminalStreams(true, true, true), 80);
    var keyboard = new PipedOutputStream();
    try (var input = new PipedInputStream(keyboard, KEYBOARD_BYTES);
        Terminal terminal =
            TerminalBuilder.builder()
                .system(false)
                .streams(input, new ByteArrayOutputStream())
                .type("ansi")
                .size(new Size(80, 24))
                .build();
        SessionContext session = SessionContext.builder().memory(64 << 20).build()) {
      keyboard.write((typed + "\\q\n").getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      assertThat(new Shell(console, session).talk(terminal, folder.resolve("history"))).isZero();
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
