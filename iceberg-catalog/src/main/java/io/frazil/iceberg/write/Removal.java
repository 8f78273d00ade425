package io.frazil.iceberg.write;

import io.frazil.engine.error.FrazilException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes files that belong to no table (any more), as far as the store lets it: S3 Tables deletes
/// no object for anybody, and clears away itself what belongs to no table. What remains is told in
/// the log, as the statement did what it says, or failed with an error of its own.
public final class Removal {
  private static final int NAMED_MAX = 10;

  private final List<String> remaining = new ArrayList<>();
  private @Nullable FrazilException first;

  /// Runs what removes, unless the store refuses to.
  public void of(String what, Runnable removing) {
    try {
      removing.run();
    } catch (FrazilException e) {
      remaining.add(what);
      first = first == null ? e : first;
    }
  }

  /// @param whole what the files were part of, as in "Of ... there remain 2 files"
  public void tellWhatRemains(String whole) {
    if (first == null) {
      return;
    }
    // Made only now: hardly any function ever needs it.
    Logger log = System.getLogger(Removal.class.getName());
    log.log(
        Level.WARNING,
        "Of %s there remain %d files, among them %s: %s"
            .formatted(
                whole,
                remaining.size(),
                remaining.subList(0, Math.min(NAMED_MAX, remaining.size())),
                first.getMessage()));
  }
}
