package io.frazil.session.attempt;

/// Which task of a query.
public record TaskId(String query, int stage, int task) {
  @Override
  public String toString() {
    return "task %d of stage %d".formatted(task, stage);
  }
}
