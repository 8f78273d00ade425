package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `frazil sql`: runs a script and writes its results.
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs SQL: of -c, of a file, or of standard input. Statements end with a semicolon.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  frazil sql -c \"SELECT * FROM 'data/*.parquet' LIMIT 10\"",
      "  frazil sql -f report.sql --format csv --output report.csv",
      "  echo 'SELECT 1 + 1' | frazil sql --format json"
    })
final class SqlCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(exclusive = true)
  private @Nullable Script script;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin private final SessionOptions options = new SessionOptions();

  SqlCommand(Console console) {
    this.console = console;
  }

  /// Where the SQL is from, if not from standard input.
  private static final class Script {
    @Option(
        names = {"-c", "--command"},
        paramLabel = "SQL",
        description = "The SQL itself.")
    private @Nullable String command;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "A file that holds it, in UTF-8.")
    private @Nullable Path file;

    String text() {
      if (command != null) {
        return command;
      }
      return file == null ? StandardInput.text() : read(file);
    }
  }

  @Override
  public Integer call() {
    String text = script == null ? StandardInput.text() : script.text();
    return new SqlRun(console, options, output).script(text);
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
          ErrorCode.INVALID_ARGUMENT, "'" + file + "' cannot be read: " + e.getMessage(), e);
    }
  }
}
