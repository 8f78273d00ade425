package io.frazil.session.attempt;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/// A time that passes only as work is done for its sake, all of it on the one thread that calls
/// [#run]. What is due at the same time comes in an order that the random numbers choose.
final class SimulatedTime implements Scheduler {
  private final RandomGenerator random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::nanos)
              .thenComparingLong(Event::order)
              .thenComparingLong(Event::number));
  private long now;
  private long number;

  private record Event(long nanos, long order, long number, Runnable work) {}

  SimulatedTime(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void execute(Runnable work) {
    var _ = after(Duration.ZERO, work);
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    var event = new Event(now + delay.toNanos(), random.nextLong(), number++, work);
    events.add(event);
    return () -> events.remove(event);
  }

  /// Passes until nothing is left to do.
  void run() {
    runUntil(Duration.ofNanos(Long.MAX_VALUE));
  }

  /// Passes up to a time, the work due then included.
  void runUntil(Duration time) {
    while (!events.isEmpty() && events.element().nanos() <= time.toNanos()) {
      Event event = events.remove();
      now = event.nanos();
      event.work().run();
    }
  }
}
