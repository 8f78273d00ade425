package io.frazil.session.journal;

import io.frazil.engine.store.ObjectStore;
import io.frazil.session.QueryId;

/// Where the stages of a query lie that was begun at an epoch: a process that goes on with the
/// query uses the folder of the epoch whose plan it took, one that begins anew has its own.
///
/// @param store where they lie
/// @param query the folder of the query, ending with `/`
/// @param control the object that tells the tasks to stop which are begun now
public record StageObjects(ObjectStore store, String query, int epoch, String control) {
  /// For the process that has the query at this epoch.
  public StageObjects(ObjectStore store, String query, int epoch) {
    this(store, query, epoch, QueryId.control(query, epoch));
  }

  /// The same for the process that has the query at a later epoch.
  public StageObjects ownedAt(int later) {
    return new StageObjects(store, query, epoch, QueryId.control(query, later));
  }

  /// The same for tasks that run for no process, but until whoever asked cancels the query.
  public StageObjects ownedByNobody() {
    return new StageObjects(store, query, epoch, QueryId.control(query));
  }

  /// Of all epochs.
  public static String all(String query) {
    return query + "stages/";
  }

  public String folder() {
    return "%s%d/".formatted(all(query), epoch);
  }

  String plan() {
    return folder() + "plan.jsonl";
  }

  /// What closes a stage.
  String closing(int stage) {
    return "%s%d.jsonl".formatted(folder(), stage);
  }

  /// What the tasks of a stage wrote.
  String tasks(int stage) {
    return "%s%d/tasks/".formatted(folder(), stage);
  }

  public String partial(int stage, int task) {
    return tasks(stage) + task + PARTIAL;
  }

  /// Where a task's fragment lies that is too large for a message. It says where to look whether to
  /// stop, so each owner has its own.
  public String fragment(int stage, int task) {
    String owner = control.substring(control.lastIndexOf('/') + 1);
    return "%s%d/fragments/%d-%s".formatted(folder(), stage, task, owner);
  }

  /// Where a task tells how it ended that nobody waits for.
  public String report(int stage, int task) {
    return tasks(stage) + task + REPORT;
  }

  /// What the names of objects begin with that tell of a task's attempts which came to no end, of
  /// those that one list had run.
  ///
  /// @param list the number of the step that made it
  public String attempts(int stage, int task, int list) {
    return tasks(stage) + task + "." + list + ".";
  }

  /// What stands behind the name of a task's report where it came to no end.
  public static final String FAILURE = ".failure";

  /// Where a task tells why it came to no end.
  String failure(int stage, int task) {
    return report(stage, task) + FAILURE;
  }

  static final String PARTIAL = ".arrow";
  static final String REPORT = ".json";
}
