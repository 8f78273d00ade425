package io.frazil.events;

import java.util.List;

/// What became of the tasks of [LeadTasks]: one response for each.
public record LedTasks(List<FragmentResponse> led) {
  public LedTasks {
    led = List.copyOf(led);
  }
}
