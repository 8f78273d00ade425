package io.frazil.session.attempt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// How many attempts of a query run at a time. Grows by addition while they are answered, shrinks
/// by halves when they are refused (AIMD, as TCP has it), and then lets nobody in for a while.
/// Those refused are not tried one by one: the window paces them all.
///
/// Not safe for use by many threads: its [TaskRunner] guards it.
final class AttemptWindow {
  /// A window that was shrunk grows back in about so many rounds of full use.
  private static final int ROUNDS_TO_GROW = 32;

  private final int cap;
  private final RetryPolicy policy;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Deque<Entrant> waiting = new ArrayDeque<>();
  private double limit;
  private int running;
  private boolean paused;
  private long tickets;
  private long ticketsAtRefusal;
  private int refusals;
  private long refusedSince;

  /// Whoever waits for a place.
  interface Entrant {
    /// There is one.
    ///
    /// @param ticket says when it was entered, to [#refused]
    void enter(long ticket);
  }

  /// @param cap the most that ever run at a time, at least 1
  AttemptWindow(int cap, RetryPolicy policy, Scheduler scheduler, RandomGenerator random) {
    this.cap = cap;
    this.limit = cap;
    this.policy = policy;
    this.scheduler = scheduler;
    this.random = random;
  }

  /// Enters when there is a place, behind those who wait.
  void enter(Entrant entrant) {
    waiting.addLast(entrant);
    admit();
  }

  /// The same before those who wait: for whom had a place and was refused.
  void enterAgain(Entrant entrant) {
    waiting.addFirst(entrant);
    admit();
  }

  /// Takes a place that nobody waits for, if there is one now.
  OptionalLong tryEnter() {
    if (!waiting.isEmpty() || isFull()) {
      return OptionalLong.empty();
    }
    running++;
    return OptionalLong.of(tickets++);
  }

  /// A place is free; nothing was learnt.
  void leave() {
    running--;
    admit();
  }

  /// A place is free; there was room for its attempt.
  void answered() {
    limit = Math.min(cap, limit + Math.max(1.0, (double) cap / ROUNDS_TO_GROW) / limit);
    refusals = 0;
    leave();
  }

  /// A place is free; there was no room for its attempt. All that entered before the window shrank
  /// last tell of the same want, and it shrinks for them once.
  void refused(long ticket) {
    if (ticket >= ticketsAtRefusal) {
      refusedSince = refusals == 0 ? scheduler.nanos() : refusedSince;
      refusals++;
      ticketsAtRefusal = tickets;
      limit = Math.max(1, limit / 2);
      pause(policy.pauseMax(refusals));
    }
    leave();
  }

  /// Whether nothing was let in for longer than a query bears, and nothing runs that might be.
  boolean isHopeless() {
    return running == 0
        && refusals > 0
        && scheduler.nanos() - refusedSince > policy.refusedMax().toNanos();
  }

  int limit() {
    return (int) limit;
  }

  int running() {
    return running;
  }

  private boolean isFull() {
    return paused || running >= limit();
  }

  private void admit() {
    while (!waiting.isEmpty() && !isFull()) {
      running++;
      waiting.removeFirst().enter(tickets++);
    }
  }

  private void pause(Duration longest) {
    paused = true;
    var _ =
        scheduler.after(
            Duration.ofNanos(random.nextLong(longest.toNanos() + 1)),
            () -> {
              paused = false;
              admit();
            });
  }
}
