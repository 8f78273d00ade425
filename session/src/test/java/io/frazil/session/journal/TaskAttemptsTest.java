package io.frazil.session.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskAttemptsTest {
  /// Where a state machine tries again by itself: one that ended on each kind of worker is followed
  /// by another there, and whatever brought a task to the large worker without a word, ended two.
  @ParameterizedTest
  @CsvSource({
    // the one that succeeded, how many told before on workers, on large ones, lost on each
    "1, 0, 0, 0, 0",
    "2, 0, 0, 1, 0",
    "2, 1, 0, 0, 0",
    "3, 1, 0, 1, 0",
    "9, 0, 0, 1, 0",
    "101, 0, 0, 2, 0",
    "102, 0, 0, 2, 1",
    "102, 0, 1, 2, 0",
    "109, 0, 1, 2, 1",
  })
  void whatEndedWithoutAWordIsKnownByTheNumberOfTheOneThatSucceeded(
      int winner, int told, int toldLarge, int lost, int lostLarge) {
    List<FragmentResponse> failed =
        IntStream.concat(IntStream.rangeClosed(1, told), IntStream.range(101, 101 + toldLarge))
            .mapToObj(attempt -> failed(attempt, "TRANSIENT"))
            .toList();
    var attempts = new TaskAttempts(0, 0, failed, true);
    assertThat(attempts.lost(succeeded(winner, 1))).isEqualTo(lost);
    assertThat(attempts.lostLarge(succeeded(winner, 1))).isEqualTo(lostLarge);
  }

  @Test
  void whatAskedForTheLargeWorkerWasNotLost() {
    var attempts = new TaskAttempts(0, 0, List.of(failed(1, "RESOURCE")), true);
    assertThat(attempts.lost(succeeded(101, 1))).isZero();
  }

  /// Its number is that of an attempt that the coordinator called.
  @Test
  void aCoordinatorsResponseTellsOfNoneThatWasLost() {
    assertThat(TaskAttempts.NONE.lost(succeeded(2, 1))).isZero();
    assertThat(TaskAttempts.NONE.lostLarge(succeeded(102, 1))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // begun on workers, on large ones, the one that succeeded and whether it reported, lost on each
    "1, 0, 0, false, 1, 0",
    "1, 0, 1, true, 0, 0",
    "2, 0, 5, true, 1, 0",
    "2, 1, 101, true, 2, 0",
    "2, 2, 103, true, 2, 1",
    "2, 3, 0, false, 2, 3",
  })
  void whereEachBeginningIsWrittenDownWhatIsLostIsTheRest(
      int begun, int begunLarge, int winner, boolean reported, int lost, int lostLarge) {
    @Nullable FragmentResponse response = winner == 0 ? null : succeeded(winner, 1);
    var attempts = new TaskAttempts(begun, begunLarge, List.of(), reported);
    assertThat(attempts.lost(response)).isEqualTo(lost);
    assertThat(attempts.lostLarge(response)).isEqualTo(lostLarge);
  }

  /// What is found as a partial alone is paid for by that, and what a coordinator ran by what that
  /// told.
  @Test
  void anAttemptThatCameAsFarAsThePartialIsNotLost() {
    var begun = new TaskAttempts(1, 0, List.of(), false);
    assertThat(begun.lost(succeeded(1, 0))).isZero();
    assertThat(begun.lost(succeeded(1, 5))).isEqualTo(1);
    var begunLarge = new TaskAttempts(2, 1, List.of(), false);
    assertThat(begunLarge.lost(succeeded(1, 0))).isEqualTo(2);
    assertThat(begunLarge.lostLarge(succeeded(1, 0))).isZero();
  }

  @Test
  void theLargeWorkerIsForWhatHadNoRoomAndForWhatEndedTwoWorkers() {
    assertThat(TaskAttempts.NONE.isForLargeWorker()).isFalse();
    assertThat(attempts(1, null).isForLargeWorker()).isFalse();
    assertThat(attempts(2, null).isForLargeWorker()).isTrue();
    assertThat(attempts(2, failed(1, "TRANSIENT")).isForLargeWorker()).isFalse();
    assertThat(attempts(1, failed(1, "RESOURCE")).isForLargeWorker()).isTrue();
    assertThat(new TaskAttempts(1, 1, List.of(), false).isForLargeWorker()).isTrue();
  }

  private static TaskAttempts attempts(int begun, @Nullable FragmentResponse failed) {
    return new TaskAttempts(begun, 0, failed == null ? List.of() : List.of(failed), false);
  }

  private static FragmentResponse succeeded(int attempt, long wallNanos) {
    return new FragmentResponse(
        "q", 0, 0, attempt, new JsonText("{}"), null, statistics(wallNanos), null);
  }

  private static FragmentResponse failed(int attempt, String errorClass) {
    return new FragmentResponse(
        "q",
        0,
        0,
        attempt,
        null,
        null,
        statistics(1),
        new ErrorMessage("CODE", errorClass, "why", null));
  }

  private static FragmentResponse.Statistics statistics(long wallNanos) {
    return new FragmentResponse.Statistics(wallNanos, 0, 0, 0, 0, null, Map.of());
  }
}
