package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `frazil sql`: runs a script and writes its results.
@Command(
    name = "sql",
    sortOptions = false,
    header = "Runs SQL: of -c, of a file, or of standard input.",
    description = {
      "Statements end with a semicolon; the first that fails ends the run. Only results go to",
      "standard output; json, arrow and parquet hold one result.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  frazil sql -c \"SELECT * FROM 'data/*.parquet' LIMIT 10\"",
      "  frazil sql -f report.sql --format csv --output report.csv",
      "  echo 'SELECT 1 + 1' | frazil sql --format json",
      "  frazil sql --stats --workers 4 -c 'SELECT count(*) FROM events'",
      "  frazil sql --endpoint https://abc123.execute-api.eu-central-1.amazonaws.com -f report.sql"
    })
final class SqlCommand implements Callable<Integer> {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-c", "--command"},
      paramLabel = "SQL",
      description = "The SQL itself.")
  private @Nullable String command;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A file that holds it, in UTF-8. Default: standard input.")
  private @Nullable Path file;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin private final ClientOptions options = new ClientOptions();

  SqlCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var run = new SqlRun(console, options, output);
    if (command != null && file != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--command and --file exclude each other: the SQL is from one of them");
    }
    if (command != null) {
      return run.script(command, "--command");
    }
    if (file != null) {
      return run.script(read(file), "'" + file + "'");
    }
    if (console.inIsTerminal()) {
      console.messageLine("Type SQL; Ctrl-D runs it. (frazil without a command is a shell.)");
    }
    return run.script(StandardInput.text(), "standard input");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "'" + file + "' does not exist", e);
    } catch (MalformedInputException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'" + file + "' is not a text in UTF-8", e);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'" + file + "' cannot be read: " + FileReason.of(e), e);
    }
  }
}
