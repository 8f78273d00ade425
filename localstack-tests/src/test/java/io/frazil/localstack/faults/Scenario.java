package io.frazil.localstack.faults;

import io.frazil.localstack.whole.Moment;
import java.util.Arrays;
import java.util.List;

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

  @Override
  public String toString() {
    return "%s at %s by %s".formatted(harm, moment, way);
  }
}
