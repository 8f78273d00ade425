package io.frazil.events;

import java.util.List;

/// Tells a coordinator to hand tasks on to workers. It answers with [LedTasks].
///
/// @param lead which, each to be tried once
public record LeadTasks(List<FragmentRequest> lead) {
  /// The most that one coordinator hands on at a time.
  public static final int TASKS_MAX = 64;

  public LeadTasks {
    lead = List.copyOf(lead);
    Json.require(
        !lead.isEmpty() && lead.size() <= TASKS_MAX, "lead must have 1 to " + TASKS_MAX + " tasks");
  }
}
