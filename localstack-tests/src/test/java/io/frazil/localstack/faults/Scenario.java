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
                    Arrays.stream(Way.values())
                        .filter(way -> way == Way.HTTP || harm != Harm.CANCELLED)
                        .filter(way -> isSeen(moment, way))
                        .map(way -> new Scenario(harm, moment, way))))
        .toList();
  }

  /// The state machine's own calls of workers pass nobody.
  private static boolean isSeen(Moment moment, Way way) {
    return moment != Moment.CALL || way != Way.STATE_MACHINE;
  }

  @Override
  public String toString() {
    return "%s at %s by %s".formatted(harm, moment, way);
  }
}
