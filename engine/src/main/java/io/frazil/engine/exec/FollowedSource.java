package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import org.jspecify.annotations.Nullable;

/// The rows of a chain, and behind them those that are only known once all of its readers came to
/// their end: of an outer join the build rows without a match.
///
/// Nobody waits: the last reader to end reads what follows, alone. Where one was closed before its
/// end, its rows were enough, and what follows is not known and left out.
final class FollowedSource implements Source {
  private final Chain first;
  private final Source second;

  private int running;
  private boolean abandoned;
  private boolean handedOver;

  FollowedSource(Chain first, Source second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public BatchReader open() {
    begin();
    try {
      return new Reader(first.open());
    } catch (RuntimeException | Error e) {
      abandon();
      throw e;
    }
  }

  @Override
  public int maxReaders() {
    return first.source().maxReaders();
  }

  @Override
  public void close() {
    first.source().close();
    second.close();
  }

  private synchronized void begin() {
    running++;
  }

  private synchronized void abandon() {
    running--;
    abandoned = true;
  }

  /// Whether the caller goes on with what follows.
  private synchronized boolean end() {
    running--;
    boolean last = running == 0 && !abandoned && !handedOver;
    handedOver |= last;
    return last;
  }

  private final class Reader implements BatchReader {
    private BatchReader current;
    private boolean ended;
    private boolean following;

    Reader(BatchReader current) {
      this.current = current;
    }

    @Override
    public @Nullable Batch next() {
      Batch batch = current.next();
      if (batch != null || ended) {
        return batch;
      }
      ended = true;
      current.close();
      following = end();
      if (following) {
        current = second.open();
      }
      return following ? current.next() : null;
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        abandon();
      }
      current.close();
    }
  }
}
