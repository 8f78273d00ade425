package io.frazil.coordinator.catalog;

import io.frazil.engine.error.FrazilException;
import io.frazil.iceberg.IcebergCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function's catalog: opened by whoever asks first, and kept. Its secret is looked at again
/// every few minutes, and where it was changed the catalog is opened anew. Safe for use by many
/// threads.
public final class KeptCatalog {
  /// How long a secret is taken to be what it was.
  static final Duration SECRET_AGE = Duration.ofMinutes(5);

  private final Supplier<Map<String, String>> secrets;
  private final Function<Map<String, String>, IcebergCatalog> opening;
  private final InstantSource clock;

  // Both are guarded by this.
  private @Nullable Opened opened;
  private @Nullable IcebergCatalog before;

  /// @param secrets as they are now
  /// @param opening of the catalog by them
  KeptCatalog(
      Supplier<Map<String, String>> secrets,
      Function<Map<String, String>, IcebergCatalog> opening,
      InstantSource clock) {
    this.secrets = secrets;
    this.opening = opening;
    this.clock = clock;
  }

  private record Opened(IcebergCatalog catalog, Map<String, String> secrets, Instant seen) {}

  /// The catalog as it is opened now. It stays open: queries may work with it for long after others
  /// have got another.
  ///
  /// @throws FrazilException as of [CatalogSettings], where none is open yet
  public synchronized IcebergCatalog catalog() {
    Instant now = clock.instant();
    Opened known = opened;
    if (known == null) {
      Map<String, String> first = secrets.get();
      known = new Opened(opening.apply(first), first, now);
    } else if (!now.isBefore(known.seen.plus(SECRET_AGE))) {
      known = refreshed(known, now);
    }
    opened = known;
    return known.catalog;
  }

  private Opened refreshed(Opened known, Instant now) {
    try {
      Map<String, String> latest = secrets.get();
      if (!latest.equals(known.secrets)) {
        IcebergCatalog next = opening.apply(latest);
        retire(known.catalog);
        return new Opened(next, latest, now);
      }
    } catch (FrazilException _) {
      // Should the old secret be no good any more, the catalog itself will say so.
    }
    return new Opened(known.catalog, known.secrets, now);
  }

  /// Closes the last but one. Secrets are not changed by the minute, and no query that a function
  /// works on is older than the function may be: nobody is left who works with it.
  private void retire(IcebergCatalog catalog) {
    if (before != null) {
      before.close();
    }
    before = catalog;
  }
}
