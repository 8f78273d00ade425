package io.frazil.cli.tpch;

import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.vector.Batch;
import io.trino.tpch.TpchEntity;
import java.util.ArrayList;
import java.util.List;

/// Sorts rows into files by ranges of dates while they come, in bounded memory: each range gathers
/// rows until it has enough, which are then written in the order of their date.
///
/// Many threads add rows. The one that fills a range's buffer takes it away and writes it, while
/// the others go on with an empty one.
final class ClusteredRows<E extends TpchEntity> {
  /// What all ranges gather together before they write, in bytes.
  private static final long GATHERED_BYTES = 64L << 20;

  /// Of a gathered row, about.
  private static final long ROW_BYTES = 160;

  private static final int GATHERED_ROWS_MAX = 1 << 16;

  private final TpchSource<E> source;
  private final TpchSource.Clustering<E> clustering;
  private final DateRanges ranges;
  private final int capacity;
  private final List<Range> files = new ArrayList<>();

  ClusteredRows(
      TpchSource<E> source,
      TpchSource.Clustering<E> clustering,
      DateRanges ranges,
      TableAppend append) {
    this.source = source;
    this.clustering = clustering;
    this.ranges = ranges;
    this.capacity =
        (int) Math.min(GATHERED_ROWS_MAX, GATHERED_BYTES / (ROW_BYTES * ranges.count()));
    for (int i = 0; i < ranges.count(); i++) {
      files.add(new Range(append.writer()));
    }
  }

  /// Adds a row to its range.
  void add(E row) {
    files.get(ranges.range(clustering.date().applyAsInt(row))).add(row);
  }

  /// What completes the files once all rows are added: each may run in a thread of its own.
  List<Runnable> completions() {
    return files.stream().map(file -> (Runnable) file::complete).toList();
  }

  /// One file.
  private final class Range {
    private final TableAppend.Writer writer;
    private RowBuffer gathering = new RowBuffer(source.schema(), capacity);

    Range(TableAppend.Writer writer) {
      this.writer = writer;
    }

    void add(E row) {
      RowBuffer full;
      synchronized (this) {
        source.fill().accept(row, gathering);
        gathering.endRow();
        if (!gathering.isFull()) {
          return;
        }
        full = gathering;
        gathering = new RowBuffer(source.schema(), capacity);
      }
      write(full);
    }

    private void write(RowBuffer rows) {
      int[] order = rows.order(clustering.column());
      synchronized (writer) {
        for (int from = 0; from < order.length; from += Batch.MAX_ROWS) {
          writer.write(rows.batch(order, from, Math.min(Batch.MAX_ROWS, order.length - from)));
        }
      }
    }

    void complete() {
      synchronized (this) {
        write(gathering);
      }
      writer.close();
    }
  }
}
