package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/// The rows of several chains: each reader works through all of them, sharing the morsels of each
/// with the other readers.
final class UnionSource implements Source {
  private final List<Chain> inputs;
  private final AtomicIntegerArray opened;

  UnionSource(List<Chain> inputs) {
    this.inputs = List.copyOf(inputs);
    this.opened = new AtomicIntegerArray(inputs.size());
  }

  @Override
  public BatchReader open() {
    return new Reader();
  }

  @Override
  public int maxReaders() {
    return inputs.stream().mapToInt(chain -> chain.source().maxReaders()).max().orElse(1);
  }

  @Override
  public void close() {
    inputs.forEach(chain -> chain.source().close());
  }

  private final class Reader implements BatchReader {
    private int following;
    private @Nullable BatchReader current;

    @Override
    public @Nullable Batch next() {
      while (current != null || following < inputs.size()) {
        BatchReader reader = current == null ? openFollowing() : current;
        Batch batch = reader == null ? null : reader.next();
        if (batch != null) {
          return batch;
        }
        closeCurrent();
      }
      return null;
    }

    @Override
    public void close() {
      following = inputs.size();
      closeCurrent();
    }

    /// Null where others already read all of it that are worth it.
    private @Nullable BatchReader openFollowing() {
      int index = following++;
      Chain chain = inputs.get(index);
      if (opened.getAndIncrement(index) < chain.source().maxReaders()) {
        current = chain.open();
      }
      return current;
    }

    private void closeCurrent() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
