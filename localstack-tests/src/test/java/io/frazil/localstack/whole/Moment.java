package io.frazil.localstack.whole;

import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.traffic.Call;

/// Where in a query's life something happens to it, told by the requests that its functions make.
/// What other versions of them do is none of it.
public enum Moment {
  /// The coordinator reads a table's metadata.
  PLANNING,
  /// The coordinator says that the query is its own.
  LEASE,
  /// The coordinator calls a worker, or the state machine does.
  CALL,
  /// A worker of a first stage reads a data file.
  SCAN,
  /// A worker commits what it made.
  PARTIAL,
  /// A worker of a later stage reads what those before it made.
  SHUFFLE,
  /// The coordinator reads what the last workers made.
  MERGE,
  /// The coordinator leaves the answer.
  RESULT;

  public boolean isNow(Call call, Deployed deployed) {
    boolean worker = call.isBy(deployed.worker()) || call.isBy(deployed.largeWorker());
    boolean coordinator = call.isBy(deployed.coordinator()) || call.isBy(deployed.http());
    String path = call.path();
    return switch (this) {
      case PLANNING -> coordinator && call.reads() && path.contains("/metadata/");
      case LEASE -> coordinator && call.writes() && path.endsWith("/state.json");
      case CALL ->
          (coordinator || call.isByStepFunctions())
              && (call.invokes(deployed.worker()) || call.invokes(deployed.largeWorker()));
      case SCAN -> worker && call.reads() && path.endsWith(".parquet");
      case PARTIAL -> worker && call.writes() && isPartial(path);
      case SHUFFLE -> worker && call.reads() && isPartial(path);
      case MERGE -> coordinator && call.reads() && isPartial(path);
      case RESULT -> coordinator && call.writes() && path.endsWith("/response.json");
    };
  }

  private static boolean isPartial(String path) {
    return path.contains("/stages/") && path.endsWith(".arrow");
  }
}
