package io.frazil.localstack.faults;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Something that happens to a statement that writes.
record WriteScenario(Trouble trouble, Step step) {
  /// What the coordinator does when it happens.
  enum Step {
    /// It writes rows.
    DATA,
    /// It writes which files there are, after all of them.
    METADATA,
    /// It has the table become what that says.
    COMMIT
  }

  enum Trouble {
    BUSY,
    RESET,
    LOST_REPLY,
    CANCELLED,
    KILLED
  }

  /// All that can happen.
  static List<WriteScenario> all() {
    return Arrays.stream(Trouble.values())
        .flatMap(
            trouble -> Arrays.stream(Step.values()).map(step -> new WriteScenario(trouble, step)))
        .toList();
  }

  /// Those of all in whose names a pattern is found, as in `KILLED at COMMIT by INSERT`.
  static List<WriteScenario> matching(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return all().stream().filter(scenario -> wanted.matcher(scenario.toString()).find()).toList();
  }

  /// For the test command: each trouble and each step at least once.
  static List<WriteScenario> selection() {
    return List.of(
        new WriteScenario(Trouble.BUSY, Step.DATA),
        new WriteScenario(Trouble.RESET, Step.METADATA),
        new WriteScenario(Trouble.LOST_REPLY, Step.COMMIT),
        new WriteScenario(Trouble.CANCELLED, Step.DATA),
        new WriteScenario(Trouble.KILLED, Step.METADATA));
  }

  @Override
  public String toString() {
    return "%s at %s by INSERT".formatted(trouble, step);
  }
}
