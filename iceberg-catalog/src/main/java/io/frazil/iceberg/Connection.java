package io.frazil.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.NotAuthorizedException;

/// A catalog of Iceberg's, and another in its place once its server no longer takes what it shows.
/// A token ends while a function sleeps, and so does the timer by which Iceberg would have got the
/// next, which it may not get with one that has ended. Safe for use by many threads.
final class Connection implements AutoCloseable {
  /// At least as long is between two openings.
  static final Duration PAUSE = Duration.ofSeconds(5);

  /// How long a catalog that was replaced stays open for the queries that work with it: longer than
  /// a function may run.
  static final Duration REPLACED_AGE = Duration.ofMinutes(20);

  private final Optional<Supplier<Opened>> opening;
  private final InstantSource clock;
  private volatile Opened current;

  // Both are guarded by this.
  private Instant tried = Instant.MIN;
  private final List<Replaced> replaced = new ArrayList<>();

  private Connection(Opened first, Optional<Supplier<Opened>> opening, InstantSource clock) {
    this.current = first;
    this.opening = opening;
    this.clock = clock;
  }

  /// A catalog that stays what it is.
  static <C extends Catalog & SupportsNamespaces> Connection lasting(C catalog) {
    return new Connection(Opened.of(catalog), Optional.empty(), InstantSource.system());
  }

  /// @param opening gives another, or raises why there is none
  static Connection renewed(Opened first, Supplier<Opened> opening, InstantSource clock) {
    return new Connection(first, Optional.of(opening), clock);
  }

  /// One catalog, by both of its names.
  record Opened(Catalog catalog, SupportsNamespaces namespaces) {
    static <C extends Catalog & SupportsNamespaces> Opened of(C catalog) {
      return new Opened(catalog, catalog);
    }

    void close() {
      if (catalog instanceof Closeable closeable) {
        try {
          closeable.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private record Replaced(Opened catalog, Instant since) {}

  /// The catalog as it is now. Each statement that writes reads first, by which it is one that the
  /// server takes.
  Opened current() {
    return current;
  }

  /// Does what only reads; where the server refuses it, once more with another catalog.
  <T> T reading(Function<Opened, T> action) {
    Opened used = current;
    try {
      return action.apply(used);
    } catch (NotAuthorizedException e) {
      return action.apply(insteadOf(used, e));
    }
  }

  private synchronized Opened insteadOf(Opened refused, NotAuthorizedException why) {
    if (current != refused) {
      return current;
    }
    Instant now = clock.instant();
    if (opening.isEmpty() || now.isBefore(tried.plus(PAUSE))) {
      throw why;
    }
    tried = now;
    closeReplaced(now);
    try {
      current = opening.get().get();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
      throw why;
    }
    replaced.add(new Replaced(refused, now));
    return current;
  }

  private void closeReplaced(Instant now) {
    while (!replaced.isEmpty() && !now.isBefore(replaced.getFirst().since.plus(REPLACED_AGE))) {
      replaced.removeFirst().catalog.close();
    }
  }

  @Override
  public synchronized void close() {
    replaced.forEach(old -> old.catalog.close());
    replaced.clear();
    current.close();
  }
}
