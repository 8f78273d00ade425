package io.frazil.session.stage;

/// Which task of a query.
record TaskId(String query, int stage, int task) {
  @Override
  public String toString() {
    return "task %d of stage %d".formatted(task, stage);
  }
}
