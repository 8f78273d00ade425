package io.frazil.session.journal;

import io.frazil.engine.error.ErrorClass;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.RunStoredTask;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the attempts at one task left that a state machine ran, besides its report: those that
/// failed told so, those whose process ended tell nothing.
///
/// ```
///   begun   b b b          three lists, each good for one attempt
///   failed  f   f          two of them told that they failed
///   lost      l            one did not, and there is no report: its process ended
/// ```
///
/// @param begun how many attempts began of lists that are good for one, on workers
/// @param begunLarge the same on large workers
/// @param failed what those told that failed, and after which the task was tried again or may be
/// @param reported whether one told that it succeeded: what a coordinator ran is told by that
public record TaskAttempts(
    int begun, int begunLarge, List<FragmentResponse> failed, boolean reported) {
  public static final TaskAttempts NONE = new TaskAttempts(0, 0, List.of(), false);

  /// How often a state machine tries again what ended without a word, on each kind of worker.
  private static final int ENDED_AGAIN = 1;

  public TaskAttempts {
    failed = List.copyOf(failed);
  }

  /// How many attempts on workers ended without a word. Where lists are good for one that is known,
  /// else by the number of the one that succeeded, no more than the state machine tries again after
  /// such an end: the numbers count those too that never began for want of room.
  ///
  /// @param winner what counts for the task; null where nothing does yet
  public int lost(@Nullable FragmentResponse winner) {
    boolean large = winner != null && isLarge(winner);
    int told = count(response -> !isLarge(response));
    if (isCounted()) {
      boolean won = isOfThese(winner) && !(large || (!reported && begunLarge > 0));
      return Math.max(0, begun - told - (won ? 1 : 0));
    }
    if (winner == null || !reported) {
      return 0;
    }
    if (large) {
      return outgrewWorker() ? 0 : ENDED_AGAIN + 1;
    }
    return Math.clamp(winner.attempt() - 1L - told, 0, ENDED_AGAIN);
  }

  /// The same on large workers.
  public int lostLarge(@Nullable FragmentResponse winner) {
    boolean large = winner != null && isLarge(winner);
    int told = count(TaskAttempts::isLarge);
    if (isCounted()) {
      boolean won = isOfThese(winner) && (large || !reported);
      return Math.max(0, begunLarge - told - (won ? 1 : 0));
    }
    return winner == null || !large || !reported
        ? 0
        : Math.clamp((long) winner.attempt() - RunStoredTask.FIRST_LARGE - told, 0, ENDED_AGAIN);
  }

  private boolean isCounted() {
    return begun > 0 || begunLarge > 0;
  }

  /// Whether one of these attempts gave what counts, rather than one that a coordinator called: it
  /// reported, or came as far as the partial, of which no time is known.
  private boolean isOfThese(@Nullable FragmentResponse winner) {
    return winner != null && (reported || winner.statistics().wallNanos() == 0);
  }

  /// Whether the next attempt is to be one on a large worker: as the state machine has it, after an
  /// attempt that had no room or time, and after two that ended without a word.
  public boolean isForLargeWorker() {
    return begunLarge > 0 || outgrewWorker() || lost(null) > ENDED_AGAIN;
  }

  /// Why the last one failed of those that told; empty where none did.
  public Optional<ErrorMessage> lastError() {
    return failed.isEmpty() ? Optional.empty() : Optional.ofNullable(failed.getLast().error());
  }

  private boolean outgrewWorker() {
    return count(response -> !isLarge(response) && isForWantOfRoom(response)) > 0;
  }

  private int count(Predicate<FragmentResponse> which) {
    return (int) failed.stream().filter(which).count();
  }

  private static boolean isLarge(FragmentResponse response) {
    return RunStoredTask.isOnLargeWorker(response.attempt());
  }

  private static boolean isForWantOfRoom(FragmentResponse response) {
    return response.error() != null
        && response.error().errorClass().equals(ErrorClass.RESOURCE.name());
  }
}
