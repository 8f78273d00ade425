package io.frazil.events;

import io.frazil.json.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one attempt.
///
/// @param attempt the attempt that ran, which need not be the one whose partial was committed
/// @param partial the committed partial as the engine describes it, as JSON; null after an error
/// @param inline the partial itself where it is small: an Arrow IPC stream in base 64
/// @param statistics what it took
/// @param error why there is no partial; null where there is one
public record FragmentResponse(
    String query,
    int stage,
    int task,
    int attempt,
    @Nullable JsonText partial,
    @Nullable String inline,
    Statistics statistics,
    @Nullable ErrorMessage error) {
  public FragmentResponse {
    Json.require(
        (partial == null) != (error == null), "either a partial or an error has to be there");
  }

  /// What an attempt took.
  ///
  /// @param wallNanos from decoding the request to the committed partial
  /// @param cpuNanos of all threads of the worker in that time
  /// @param peakBytes the most memory that was reserved
  /// @param gets how many objects, ranges and heads were read of a store that is paid by requests
  /// @param puts how many objects and parts were written to one, or listings made
  /// @param billedMillis what Lambda bills for it: known to whoever invoked the worker, if at all
  /// @param nodes counters by plan node id and counter name
  public record Statistics(
      long wallNanos,
      long cpuNanos,
      long peakBytes,
      long gets,
      long puts,
      @Nullable Long billedMillis,
      Map<Integer, Map<String, Long>> nodes) {
    public Statistics {
      nodes = Map.copyOf(nodes);
    }
  }

  /// The same with what Lambda bills for the attempt.
  public FragmentResponse billed(long millis) {
    var told =
        new Statistics(
            statistics.wallNanos,
            statistics.cpuNanos,
            statistics.peakBytes,
            statistics.gets,
            statistics.puts,
            millis,
            statistics.nodes);
    return new FragmentResponse(query, stage, task, attempt, partial, inline, told, error);
  }
}
