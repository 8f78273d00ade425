package io.frazil.iceberg.write;

import io.frazil.engine.error.FrazilException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes what an append leaves that was not committed, as far as the store lets it: S3 Tables
/// deletes no object for anybody, and clears away itself what belongs to no table.
final class Removal {
  private static final int NAMED_MAX = 10;

  private final List<String> remaining = new ArrayList<>();
  private @Nullable FrazilException first;

  void of(String what, Runnable removing) {
    try {
      removing.run();
    } catch (FrazilException e) {
      remaining.add(what);
      first = first == null ? e : first;
    }
  }

  /// @param table of the append
  void tellWhatRemains(String table) {
    if (first == null) {
      return;
    }
    // Made only now: hardly any function ever needs it.
    Logger log = System.getLogger(Removal.class.getName());
    log.log(
        Level.WARNING,
        "Of rows that did not become part of %s there remain %d files, among them %s: %s"
            .formatted(
                table,
                remaining.size(),
                remaining.subList(0, Math.min(NAMED_MAX, remaining.size())),
                first.getMessage()));
  }
}
