package io.frazil.engine.exec;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps the rows of a subplan that stands in several places, for each of them to read.
///
/// All of them stay in memory until the last reader's pipeline is complete. Spilling would replace
/// the lists here by runs on disk.
final class SharedRows implements Sink {
  private final MemoryPool memory;
  private final String name;
  private final int maxReaders;
  private final List<Collector> collectors = new ArrayList<>();
  private List<Batch> rows = List.of();

  /// @param maxReaders what the source said whose rows are kept: 1 where their order counts
  SharedRows(MemoryPool memory, String name, int maxReaders) {
    this.memory = memory;
    this.name = name;
    this.maxReaders = maxReaders;
  }

  @Override
  public synchronized Driver open() {
    var collector = new Collector(memory.reservation(name));
    collectors.add(collector);
    return collector;
  }

  @Override
  public void combine(Workers workers) {
    var all = new ArrayList<Batch>();
    collectors.forEach(c -> all.addAll(c.batches));
    rows = all;
  }

  /// All rows once more.
  Source replay() {
    return new Replay();
  }

  @Override
  public synchronized void close() {
    rows = List.of();
    collectors.forEach(c -> c.reservation.close());
    collectors.clear();
  }

  private static final class Collector implements Driver {
    private final Reservation reservation;
    private final List<Batch> batches = new ArrayList<>();

    Collector(Reservation reservation) {
      this.reservation = reservation;
    }

    @Override
    public boolean accept(Batch batch) {
      reservation.grow(BatchCopy.bytes(batch));
      batches.add(BatchCopy.of(batch));
      return true;
    }

    @Override
    public void finish() {
      // The batches are taken over by the sink.
    }

    @Override
    public void close() {
      // The sink holds on to the batches and closes the reservation.
    }
  }

  private final class Replay implements Source {
    private final AtomicInteger position = new AtomicInteger();

    @Override
    public BatchReader open() {
      return new BatchListReader(rows, position);
    }

    @Override
    public int maxReaders() {
      return maxReaders;
    }

    @Override
    public void close() {
      // The rows are the sink's.
    }
  }
}
