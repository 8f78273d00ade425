package io.frazil.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What functions are deployed with, as `template.yaml` says it.
final class Template {
  private Template() {}

  /// A parameter's default, which is a number.
  ///
  /// @param home the repository
  static int defaultOf(String parameter, Path home) throws IOException {
    Matcher found =
        Pattern.compile("(?m)^  " + parameter + ":\\n(?:    .*\\n)*?    Default: (\\d+)$")
            .matcher(Files.readString(home.resolve("template.yaml")));
    if (!found.find()) {
      throw new IllegalStateException("the template has no number by the name " + parameter);
    }
    return Integer.parseInt(found.group(1));
  }
}
