package io.frazil.engine.prime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<Integer> seen = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @Test
  void roundsAreNumberedFromZero() {
    Rounds.of(3).run(seen::add);
    assertThat(seen).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsDoneFirstIsNumberedByItselfAndBounded() {
    var first = new ArrayList<Integer>();
    Rounds rounds = Rounds.of(3);
    rounds.first(2, first::add);
    rounds.run(seen::add);
    assertThat(first).containsExactly(0, 1);
    assertThat(seen).containsExactly(0, 1, 2);
    rounds.first(5, first::add);
    assertThat(first).as("no more than all rounds are").containsExactly(0, 1, 0, 1, 2);
  }

  @Test
  void afterACollectionThereAreMore() {
    long before = collections();
    Rounds.of(3).afterCollecting(2, seen::add);
    assertThat(collections()).isGreaterThan(before);
    assertThat(seen).containsExactly(0, 1);
  }

  @Test
  void zeroSecondsLeaveItOut() {
    Rounds.logged("test", Map.of(Rounds.VARIABLE, "0"), log::add, rounds -> rounds.run(seen::add));
    assertThat(seen).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void itEndsOnceNothingIsCompiledAnyMore() {
    Rounds.logged(
        "test", Map.of(Rounds.VARIABLE, "600"), log::add, rounds -> rounds.run(this::pause));
    assertThat(seen).hasSizeBetween(300, 10_000);
  }

  @Test
  void whatGoesWrongIsLoggedAndNotThrown() {
    Rounds.logged(
        "test",
        Map.of(),
        log::add,
        _ -> {
          throw new IllegalStateException("broken");
        });
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith(
            "test: not wholly primed, and will start slower: java.lang.IllegalStateException:"
                + " broken (0 rounds, ");
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  // The rest of this JVM may be compiling: a round that takes long leaves it little share.
  private void pause(int round) {
    seen.add(round);
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
