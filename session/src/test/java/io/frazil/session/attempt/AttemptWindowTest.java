package io.frazil.session.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttemptWindowTest {
  private final SimulatedTime time = new SimulatedTime(new SplittableRandom(1));
  private final List<Long> entered = new ArrayList<>();

  @Test
  void noMoreEnterThanTheCap() {
    AttemptWindow window = window(4, 10);
    assertThat(entered).hasSize(4);
    window.answered();
    assertThat(entered).hasSize(5);
    assertThat(window.limit()).isEqualTo(4);
  }

  @Test
  void thoseWhoAreRefusedTogetherShrinkItOnce() {
    AttemptWindow window = window(64, 64);
    entered.forEach(window::refused);
    assertThat(window.limit()).isEqualTo(32);
    assertThat(window.running()).isZero();
  }

  @Test
  void itNeverShrinksToNothing() {
    AttemptWindow window = window(2, 0);
    for (int i = 0; i < 20; i++) {
      window.enter(entered::add);
      time.run();
      window.refused(entered.getLast());
      time.run();
    }
    assertThat(window.limit()).isEqualTo(1);
    window.enter(entered::add);
    time.run();
    assertThat(window.running()).isEqualTo(1);
  }

  @Test
  void nobodyEntersDuringThePauseAfterARefusal() {
    AttemptWindow window = window(4, 1);
    window.refused(entered.getFirst());
    window.enter(entered::add);
    assertThat(entered).hasSize(1);
    assertThat(window.tryEnter()).isEmpty();
    time.run();
    assertThat(entered).hasSize(2);
    assertThat(window.tryEnter()).isPresent();
  }

  /// A random part of one that doubles from 100 ms to 5 s.
  @Test
  void pausesGrowToTheirBoundWhileItIsRefused() {
    int[] longestMillis = {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000};
    List<List<Long>> pauses = IntStream.range(0, 40).mapToObj(this::pausesMillis).toList();
    for (int refusal = 0; refusal < longestMillis.length; refusal++) {
      int number = refusal;
      List<Long> each = pauses.stream().map(ofOne -> ofOne.get(number)).toList();
      long longest = longestMillis[refusal];
      assertThat(each).as("after refusal %d", refusal + 1).allMatch(pause -> pause <= longest);
      assertThat(Collections.max(each)).isGreaterThan(longest / 2);
      assertThat(Collections.min(each)).isLessThan(longest / 2);
    }
  }

  /// How long nobody gets in after each of eight refusals.
  private List<Long> pausesMillis(long seed) {
    var window = new AttemptWindow(4, RetryPolicy.REMOTE, time, new SplittableRandom(seed));
    var pauses = new ArrayList<Long>();
    window.enter(entered::add);
    for (int i = 0; i < 8; i++) {
      long refused = time.nanos();
      window.refused(entered.getLast());
      window.enterAgain(ticket -> {
        entered.add(ticket);
        pauses.add((time.nanos() - refused) / 1_000_000);
      });
      time.run();
    }
    return pauses;
  }

  @Test
  void itGrowsBackWhileItIsAnswered() {
    AttemptWindow window = window(64, 64);
    entered.forEach(window::refused);
    time.run();
    int answers = 0;
    while (window.limit() < 64) {
      window.enter(entered::add);
      window.answered();
      answers++;
    }
    // Two a round of 32 to 64.
    assertThat(answers).isBetween(16 * 32, 16 * 64);
  }

  @Test
  void aTwinDoesNotOvertakeWhoWaits() {
    AttemptWindow window = window(1, 2);
    assertThat(window.tryEnter()).isEmpty();
  }

  private AttemptWindow window(int cap, int entrants) {
    var window = new AttemptWindow(cap, RetryPolicy.REMOTE, time, new SplittableRandom(2));
    for (int i = 0; i < entrants; i++) {
      window.enter(entered::add);
    }
    return window;
  }
}
