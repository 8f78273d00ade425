package io.frazil.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Requests for the same bytes, of which the first to succeed counts. One thread starts them and
/// waits; any may abort. Closing ends them all and waits until they have let go of their arrays.
final class ReadRace implements AutoCloseable {
  private final BlockingQueue<Lane> finished = new LinkedBlockingQueue<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Lane aborted = new Lane(() -> 0);
  private int failures;

  /// One of the requests, on a virtual thread as [Flight] says why.
  final class Lane {
    private final Retry.Attempt<Integer> attempt;
    private final Thread thread = Thread.ofVirtual().name("frazil-s3-read").unstarted(this::run);
    private @Nullable IOException failure;
    private @Nullable Throwable bug;

    private Lane(Retry.Attempt<Integer> attempt) {
      this.attempt = attempt;
    }

    private void run() {
      try {
        attempt.run();
      } catch (IOException e) {
        failure = e;
      } catch (UncheckedIOException e) {
        failure = e.getCause();
      } catch (RuntimeException | Error e) {
        bug = e;
      } finally {
        finished.add(this);
      }
    }

    private boolean failed() {
      return failure != null || bug != null;
    }

    /// @throws IOException what it failed with, if it did
    void check() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (bug != null) {
        throw new IllegalStateException("a read failed", bug);
      }
    }
  }

  Lane start(Retry.Attempt<Integer> attempt) {
    var lane = new Lane(attempt);
    lanes.add(lane);
    lane.thread.start();
    return lane;
  }

  /// The first that ends, or null where none does in time.
  @Nullable Lane await(Duration limit) throws IOException {
    try {
      Lane lane = finished.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (lane == aborted) {
        throw new InterruptedIOException("aborted");
      }
      return lane;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /// The first that succeeds, or the last if none does.
  Lane winner(Duration limit) throws IOException {
    while (true) {
      Lane lane = await(limit);
      if (lane == null) {
        throw new SocketTimeoutException("no end after " + limit.toSeconds() + " s");
      }
      if (!lane.failed() || ++failures == lanes.size()) {
        return lane;
      }
    }
  }

  /// Makes the waiting thread give up.
  void abort() {
    finished.add(aborted);
  }

  @Override
  public void close() {
    lanes.forEach(lane -> lane.thread.interrupt());
    lanes.forEach(lane -> Flight.join(lane.thread));
  }
}
