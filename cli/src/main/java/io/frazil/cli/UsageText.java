package io.frazil.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, for whoever typed it.
final class UsageText {
  private UsageText() {}

  /// What is wrong, and where to read more.
  static List<String> lines(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return List.of("frazil: " + message(e), "'" + command + " --help' says what there is.");
  }

  private static String message(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing(e.getCommandLine(), missing.getMissing());
      case OverwrittenOptionException twice when twice.getOverwritten() != null ->
          name(twice.getOverwritten()) + " is given twice";
      default -> {
        ArgSpec option = e.getArgSpec();
        yield e.getCause() instanceof TypeConversionException wanted && option != null
            ? "%s takes %s, not '%s'".formatted(name(option), wanted.getMessage(), e.getValue())
            : String.valueOf(e.getMessage());
      }
    };
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine line = e.getCommandLine();
    String word = e.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      String option = word.split("=", 2)[0];
      return "there is no option '"
          + option
          + "'"
          + help(Nearest.of(option, line.getCommandSpec().optionsMap().keySet()));
    }
    if (line.getSubcommands().isEmpty()) {
      return "'" + word + "' is one argument too many";
    }
    var commands = new ArrayList<String>();
    line.getSubcommands()
        .forEach((name, command) -> {
          if (!command.getCommandSpec().usageMessage().hidden()) {
            commands.add(name);
          }
        });
    return "there is no command '" + word + "'" + help(Nearest.of(word, commands));
  }

  private static String help(Optional<String> near) {
    return near.map(name -> ". Did you mean '" + name + "'?").orElse("");
  }

  /// picocli reports an option without its value as missing too.
  private static String missing(CommandLine line, List<ArgSpec> missing) {
    boolean valueless =
        missing.getFirst() instanceof OptionSpec option
            && line.getParseResult() != null
            && !option.required();
    if (valueless) {
      return name(missing.getFirst()) + " takes a value: " + missing.getFirst().paramLabel();
    }
    return missing.stream().map(UsageText::name).collect(Collectors.joining(" and "))
        + (missing.size() == 1 ? " is missing" : " are missing");
  }

  private static String name(@Nullable ArgSpec argument) {
    return switch (argument) {
      case null -> "an argument";
      case OptionSpec option -> option.longestName();
      default -> argument.paramLabel();
    };
  }
}
