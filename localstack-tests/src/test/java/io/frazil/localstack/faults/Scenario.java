package io.frazil.localstack.faults;

import io.frazil.localstack.whole.Moment;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Something that happens to a query on its way.
record Scenario(Harm harm, Moment moment, Way way) {
  /// By which door the query is asked.
  enum Way {
    DIRECT,
    HTTP,
    STATE_MACHINE
  }

  /// All that can happen.
  static List<Scenario> all() {
    return Arrays.stream(Harm.values())
        .flatMap(harm ->
            harm.moments().stream()
                .flatMap(moment ->
                    Arrays.stream(Way.values()).map(way -> new Scenario(harm, moment, way))))
        .toList();
  }

  /// Those of all in whose names a pattern is found, as in `KILLED at MERGE by HTTP`.
  ///
  /// @throws IllegalArgumentException where it is in none, nor in that of a [WriteScenario]
  static List<Scenario> matching(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    List<Scenario> found =
        all().stream().filter(scenario -> wanted.matcher(scenario.toString()).find()).toList();
    if (found.isEmpty() && WriteScenario.matching(pattern).isEmpty()) {
      throw new IllegalArgumentException(
          ("Nothing that can happen matches '%s': it is `HARM at MOMENT by WAY`, of %s, %s and %s,"
                  + " or `TROUBLE at STEP by INSERT`, of %s and %s")
              .formatted(
                  pattern,
                  Arrays.toString(Harm.values()),
                  Arrays.toString(Moment.values()),
                  Arrays.toString(Way.values()),
                  Arrays.toString(WriteScenario.Trouble.values()),
                  Arrays.toString(WriteScenario.Step.values())));
    }
    return found;
  }

  /// For the test command: each harm, each moment and each way at least once. Queries that come to
  /// cost more than they may are another test's in it.
  static List<Scenario> selection() {
    return List.of(
        new Scenario(Harm.BUSY, Moment.SHUFFLE, Way.DIRECT),
        new Scenario(Harm.SLOW, Moment.SCAN, Way.HTTP),
        new Scenario(Harm.CUT_SHORT, Moment.LEASE, Way.HTTP),
        new Scenario(Harm.RESET, Moment.PLANNING, Way.DIRECT),
        new Scenario(Harm.LOST_REPLY, Moment.RESULT, Way.DIRECT),
        new Scenario(Harm.THROTTLED, Moment.CALL, Way.HTTP),
        new Scenario(Harm.OUT_OF_MEMORY, Moment.CALL, Way.STATE_MACHINE),
        new Scenario(Harm.LATE, Moment.CALL, Way.DIRECT),
        new Scenario(Harm.TWICE, Moment.PARTIAL, Way.DIRECT),
        new Scenario(Harm.KILLED, Moment.MERGE, Way.DIRECT),
        new Scenario(Harm.KILLED, Moment.PARTIAL, Way.HTTP),
        new Scenario(Harm.KILLED_EACH_TIME, Moment.SCAN, Way.DIRECT),
        new Scenario(Harm.TRUNCATED, Moment.SCAN, Way.HTTP),
        new Scenario(Harm.TRUNCATED, Moment.SHUFFLE, Way.STATE_MACHINE),
        new Scenario(Harm.COMMITTED, Moment.SCAN, Way.DIRECT),
        new Scenario(Harm.CANCELLED, Moment.SCAN, Way.HTTP));
  }

  @Override
  public String toString() {
    return "%s at %s by %s".formatted(harm, moment, way);
  }
}
