package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.shell.Shell;
import io.frazil.engine.fragment.BuildId;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `frazil`: runs a command, or without one the shell.
///
/// Exit status: 0 done, 1 the query failed, 2 wrong usage, 130 interrupted.
@Command(
    name = "frazil",
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
      "  frazil sql -c \"SELECT * FROM events LIMIT 10\" --format csv",
      "  frazil sql --endpoint function:frazil-coordinator -c \"SELECT 1\"",
      "  frazil COMMAND --help"
    },
    subcommands = {
      DemoCommand.class,
      SqlCommand.class,
      TablesCommand.class,
      DescribeCommand.class,
      ImportCommand.class,
      TpchCommand.class,
      ServeCommand.class,
      PeerCommand.class
    })
public final class Frazil implements Callable<Integer> {
  private static final Map<String, String> EXIT_STATUSES = exitStatuses();

  private final Console console;

  @Mixin private final ClientOptions options = new ClientOptions();

  Frazil(Console console) {
    this.console = console;
  }

  public static void main(String[] arguments) {
    System.exit(run(Console.system(), arguments));
  }

  private static Map<String, String> exitStatuses() {
    var statuses = new LinkedHashMap<String, String>();
    statuses.put(Integer.toString(ExitStatus.DONE), "done");
    statuses.put(Integer.toString(ExitStatus.FAILED), "it failed");
    statuses.put(Integer.toString(ExitStatus.USAGE), "the command line is wrong");
    statuses.put(Integer.toString(ExitStatus.INTERRUPTED), "interrupted by Ctrl-C");
    return statuses;
  }

  /// Runs a command line and says its exit status.
  static int run(Console console, String... arguments) {
    var failures = new Failures(console);
    int status;
    try {
      status = commandLine(console, failures).execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      status = failures.execution(e);
    }
    try {
      console.flush();
    } catch (UncheckedIOException e) {
      return status == ExitStatus.DONE ? failures.execution(e) : status;
    }
    return status;
  }

  private static CommandLine commandLine(Console console, Failures failures) {
    var line = new CommandLine(new Frazil(console), new CommandFactory(console));
    describe(line);
    for (CommandLine command : line.getSubcommands().values()) {
      describe(command);
      command.getCommandSpec().usageMessage().synopsisHeading("%nUsage: ");
    }
    line.setUsageHelpWidth(Math.clamp(console.width(), 80, 110));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, _) -> failures.usage(e));
    line.setExecutionExceptionHandler((e, _, _) -> failures.execution(e));
    return line;
  }

  /// What the help of every command has.
  private static void describe(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getCommandSpec().versionProvider(() -> new String[] {"frazil " + BuildId.current()});
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(EXIT_STATUSES);
  }

  @Override
  public Integer call() {
    if (!console.inIsTerminal()) {
      return new SqlRun(console, options, new OutputOptions())
          .script(StandardInput.text(), "standard input");
    }
    try (CliSession open = options.open()) {
      return Shell.run(console, open.session());
    }
  }
}
