package io.frazil.session.cost;

import io.frazil.events.FragmentResponse;
import java.util.List;

/// Attempts at tasks of one stage that a state machine ran and that were tried again, or may be.
///
/// @param told what those took that told so
/// @param lost how many ended on workers without a word
/// @param lostLarge the same on large workers
/// @param passed how many workers handed their task on to a large one, as they were told to
public record FailedAttempts(List<FragmentResponse> told, int lost, int lostLarge, int passed) {
  public FailedAttempts {
    told = List.copyOf(told);
  }

  public int count() {
    return told.size() + lost + lostLarge + passed;
  }
}
