package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.shell.Shell;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `frazil`: runs a command, or without one the shell.
///
/// Exit status: 0 done, 1 the query failed, 2 wrong usage, 130 interrupted.
@Command(
    name = "frazil",
    version = "frazil 0.1.0",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "SQL over Iceberg tables and Parquet files, on this machine.",
      "Without a command: an interactive shell, or SQL from standard input.%n"
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nTo begin with:%n",
    footer = {
      "  frazil demo",
      "  frazil sql -c \"SELECT count(*) FROM 'logs/*.parquet'\"",
      "  frazil import events events/*.parquet",
      "  frazil sql -c \"SELECT * FROM events LIMIT 10\" --format csv"
    },
    subcommands = {
      DemoCommand.class,
      SqlCommand.class,
      TablesCommand.class,
      DescribeCommand.class,
      ImportCommand.class,
      TpchCommand.class,
      PeerCommand.class
    })
public final class Frazil implements Callable<Integer> {
  private final Console console;

  @Mixin private final SessionOptions options = new SessionOptions();

  Frazil(Console console) {
    this.console = console;
  }

  public static void main(String[] arguments) {
    System.exit(run(Console.system(), arguments));
  }

  /// Runs a command line and says its exit status.
  static int run(Console console, String... arguments) {
    var line = new CommandLine(new Frazil(console), new CommandFactory(console));
    var failures = new Failures(console);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(Math.clamp(console.width(), 80, 110));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, _) -> failures.usage(e));
    line.setExecutionExceptionHandler((e, _, _) -> failures.execution(e));
    int status = line.execute(arguments);
    return console.tryFlush() ? status : ExitStatus.DONE;
  }

  @Override
  public Integer call() {
    if (!console.inIsTerminal()) {
      return new SqlRun(console, options, new OutputOptions()).script(StandardInput.text());
    }
    try (CliSession open = options.open()) {
      return new Shell(console, open.session()).run();
    }
  }
}
