package io.frazil.iceberg.write;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.Remains;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Removes files that belong to no table (any more), as far as the store lets it: S3 Tables deletes
/// no object for anybody, and clears away itself what belongs to no table. What remains is told to
/// a listener, as the statement did what it says, or failed with an error of its own.
public final class Removal {
  private static final int NAMED_MAX = 10;

  private final Consumer<Remains> listener;
  private final List<String> remaining = new ArrayList<>();
  private @Nullable FrazilException first;

  /// @param listener hears of what remains, if anything does
  public Removal(Consumer<Remains> listener) {
    this.listener = listener;
  }

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
    if (first != null) {
      List<String> named = remaining.subList(0, Math.min(NAMED_MAX, remaining.size()));
      listener.accept(new Remains(whole, remaining.size(), named, first));
    }
  }

  /// Tells of them in the process's own log: for who has no other.
  public static void log(Remains remains) {
    // Made only now: hardly any process ever needs it.
    Logger log = System.getLogger(Removal.class.getName());
    log.log(
        Level.WARNING,
        "Of %s there remain %d files, among them %s: %s"
            .formatted(remains.of(), remains.files(), remains.among(), remains.why().getMessage()));
  }
}
