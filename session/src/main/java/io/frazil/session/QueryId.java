package io.frazil.session;

import java.util.concurrent.ThreadLocalRandom;

/// Ids of queries: in the order of time, and different although many processes make them.
final class QueryId {
  private QueryId() {}

  static String next() {
    return "%012x%08x".formatted(System.currentTimeMillis(), ThreadLocalRandom.current().nextInt());
  }
}
