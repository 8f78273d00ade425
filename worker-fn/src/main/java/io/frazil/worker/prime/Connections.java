package io.frazil.worker.prime;

import io.frazil.engine.store.ObjectStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Connects a worker that came from a snapshot to the buckets that it is going to read, all at a
/// time: credentials, names, handshakes. The first fragment finds the connections open, instead of
/// making one after the other as it comes to need them.
final class Connections {
  /// The variable that names the buckets, as ARNs with commas between.
  static final String VARIABLE = "FRAZIL_BUCKETS";

  /// As many ranges as a small fragment reads at a time. A large one reads more; but a handshake
  /// takes milliseconds of the one processor, which are little beside its own and would be much
  /// beside a small one's.
  static final int EACH = 4;

  /// A bucket that takes longer is left to the first fragment that needs it.
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /// Workers may look for it in each of their buckets, and nothing is there.
  private static final String NOTHING = "queries/nothing";

  private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:s3:::([a-z0-9.-]+)");

  private Connections() {}

  /// Returns once all are open, or after two seconds. What goes wrong is told by the first fragment
  /// that meets it.
  static void open(ObjectStore store, Map<String, String> variables) {
    String named = variables.getOrDefault(VARIABLE, "");
    List<Thread> all =
        Arrays.stream(named.split(",", -1))
            .map(ARN::matcher)
            .filter(arn -> arn.matches())
            .map(arn -> "s3://" + arn.group(1) + "/" + NOTHING)
            .flatMap(nothing -> Collections.nCopies(EACH, nothing).stream())
            .map(nothing -> Thread.ofVirtual().start(() -> reach(store, nothing)))
            .toList();
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      for (Thread one : all) {
        boolean _ = one.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reach(ObjectStore store, String nothing) {
    try {
      Object _ = store.head(nothing);
    } catch (RuntimeException _) {
      return; // That there is none is an answer too.
    }
  }
}
