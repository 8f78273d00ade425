package io.frazil.session;

import io.frazil.session.cost.Estimate;
import java.util.List;

/// How a query would run.
///
/// @param lines its plan as EXPLAIN prints it
/// @param estimate what that plan is predicted to take
public record Explanation(List<String> lines, Estimate estimate) {
  public Explanation {
    lines = List.copyOf(lines);
  }
}
