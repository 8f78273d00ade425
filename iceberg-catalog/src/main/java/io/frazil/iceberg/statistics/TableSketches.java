package io.frazil.iceberg.statistics;

import io.frazil.engine.vector.Batch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaUnion;

/// The sketches of all columns of the rows that are written, put together from those of many
/// threads. Safe for use by many threads.
public final class TableSketches {
  private final List<ThetaUnion> unions = new ArrayList<>();
  private final long[] values;
  private final long[] textBytes;

  /// @param columns how many columns there are
  public TableSketches(int columns) {
    this.values = new long[columns];
    this.textBytes = new long[columns];
    for (int i = 0; i < columns; i++) {
      unions.add(
          ThetaSetOperation.builder().setNominalEntries(ColumnSketch.NOMINAL_ENTRIES).buildUnion());
    }
  }

  /// A collector for one more thread. Its rows count once it is closed.
  public Collector collector() {
    return new Collector();
  }

  int columns() {
    return unions.size();
  }

  synchronized CompactThetaSketch sketch(int column) {
    return unions.get(column).getResult();
  }

  /// Of a value that is not null, in bytes; 0 where the column isn't text.
  synchronized double averageBytes(int column) {
    return values[column] == 0 ? 0 : (double) textBytes[column] / values[column];
  }

  /// Adds what rows written earlier had, in the form of the format's specification.
  synchronized void add(int column, byte[] serialized, double averageBytes, long rows) {
    unions.get(column).union(CompactThetaSketch.heapify(MemorySegment.ofArray(serialized)));
    values[column] += rows;
    textBytes[column] += (long) (averageBytes * rows);
  }

  private synchronized void add(List<ColumnSketch> sketches) {
    for (int i = 0; i < sketches.size(); i++) {
      unions.get(i).union(sketches.get(i).result());
      values[i] += sketches.get(i).values();
      textBytes[i] += sketches.get(i).textBytes();
    }
  }

  /// One thread's share.
  public final class Collector implements AutoCloseable {
    private final List<ColumnSketch> sketches = new ArrayList<>();
    private boolean closed;

    private Collector() {
      for (int i = 0; i < unions.size(); i++) {
        sketches.add(new ColumnSketch());
      }
    }

    public void add(Batch batch) {
      for (int i = 0; i < sketches.size(); i++) {
        sketches.get(i).add(batch.column(i), batch);
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        TableSketches.this.add(sketches);
      }
    }
  }
}
