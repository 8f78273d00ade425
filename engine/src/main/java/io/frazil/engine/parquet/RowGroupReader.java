package io.frazil.engine.parquet;

import io.frazil.engine.parquet.FileColumns.Constant;
import io.frazil.engine.parquet.FileColumns.Place;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.decode.ChunkRange;
import io.frazil.engine.parquet.decode.ChunkShape;
import io.frazil.engine.parquet.decode.ColumnBuffer;
import io.frazil.engine.parquet.decode.ColumnReader;
import io.frazil.engine.parquet.prune.RowRanges;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one morsel: a window of up to [Batch#MAX_ROWS] rows at a time is filtered, column by
/// column, and what is left of it is decoded.
///
/// Where most rows of a window are left, it comes out as it is, with a selection. Where few are,
/// they are decoded alone and kept until there is a batch of them.
final class RowGroupReader implements Window {
  /// Of eight rows this many have to be left for a window to come out as it is.
  private static final int DENSE_EIGHTHS = 7;

  private static final Vector NOTHING = Constants.vector(null, Types.BOOLEAN);

  private final DriverState state;
  private final List<Place> places;
  private final @Nullable ColumnReader[] readers;
  private final @Nullable ColumnBuffer[] kept;
  private final boolean[] filtered;
  private final boolean[] read;
  private final @Nullable Vector[] vectors;
  private final List<FilterStage> stages;
  private final List<RowRanges.Range> ranges;
  private final long rowsOfMorsel;
  private final boolean pruned;

  private int range;
  private long position;
  private int size;
  private int left;
  private boolean waiting;
  private int held;
  private long droppedByConjuncts;
  private long droppedByRuntime;

  RowGroupReader(Morsel morsel, Map<Integer, List<ChunkRange>> chunks, DriverState state) {
    this.state = state;
    this.places = morsel.group().file().places();
    this.stages = state.stages();
    this.ranges = morsel.rows().ranges();
    this.rowsOfMorsel = morsel.rows().count();
    int width = places.size();
    this.readers = new ColumnReader[width];
    this.kept = new ColumnBuffer[width];
    this.filtered = new boolean[width];
    this.read = new boolean[width];
    this.vectors = new Vector[width];
    stages.forEach(stage -> markFiltered(stage.columns()));
    for (int i = 0; i < width; i++) {
      List<ChunkRange> chunk = chunks.get(i);
      if (chunk != null && places.get(i) instanceof Stored stored) {
        open(i, morsel, stored, chunk);
      }
    }
    pruned = rowsOfMorsel > 0 && isPrunedByDictionary(morsel);
    if (pruned) {
      range = ranges.size();
    }
  }

  /// Whether a look at its dictionaries was enough.
  boolean isPruned() {
    return pruned;
  }

  private void markFiltered(int[] columns) {
    for (int column : columns) {
      filtered[column] = true;
    }
  }

  private void open(int column, Morsel morsel, Stored stored, List<ChunkRange> chunk) {
    ChunkShape shape = morsel.group().shape(stored);
    PhysicalType kind = shape.kind();
    readers[column] =
        new ColumnReader(shape, chunk, state.window(column, kind), state.scratch(column));
    if (filtered[column] && state.scan.outputs().contains(column)) {
      kept[column] = state.kept(column, kind);
    }
  }

  /// Whether a filter passes no entry of a dictionary that all of a column's values are from.
  private boolean isPrunedByDictionary(Morsel morsel) {
    for (FilterStage stage : stages) {
      int column = stage.columns().length == 1 ? stage.columns()[0] : -1;
      ColumnReader reader = column < 0 ? null : readers[column];
      if (reader != null
          && places.get(column) instanceof Stored stored
          && morsel.group().chunk(stored).onlyIds()
          && morsel.isWhole()) {
        Vector dictionary = reader.upcomingDictionary();
        if (dictionary != null && stage.passesNone(dictionary, rowsOfMorsel)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The next batch, which may be empty of columns but has rows; null at the end.
  @Nullable Batch next() {
    if (held < 0) {
      // What was held came out the last time.
      clearHeld();
    }
    while (waiting || range < ranges.size()) {
      if (!waiting) {
        filterNextWindow();
      }
      if (left == 0) {
        skipUnread();
        continue;
      }
      boolean dense = left * 8L >= size * (long) DENSE_EIGHTHS;
      if (held > 0 && (dense || held + left > Batch.MAX_ROWS)) {
        waiting = true;
        return takeHeld();
      }
      waiting = false;
      if (dense) {
        return wholeWindow();
      }
      hold();
    }
    return held > 0 ? takeHeld() : null;
  }

  long droppedByConjuncts() {
    return droppedByConjuncts;
  }

  long droppedByRuntime() {
    return droppedByRuntime;
  }

  long pagesSkipped() {
    long skipped = 0;
    for (ColumnReader reader : readers) {
      skipped += reader == null ? 0 : reader.pagesSkipped();
    }
    return skipped;
  }

  private void filterNextWindow() {
    RowRanges.Range current = ranges.get(range);
    if (position < current.from()) {
      skipAll(current.from() - position);
      position = current.from();
    }
    size = (int) Math.min(Batch.MAX_ROWS, current.to() - position);
    position += size;
    if (position == current.to()) {
      range++;
    }
    left = size;
    Arrays.fill(read, false);
    Arrays.fill(vectors, null);
    boolean all = true;
    for (FilterStage stage : stages) {
      int before = left;
      left = stage.apply(this, all ? null : state.selection, left, state.selection);
      all &= left == size;
      if (stage instanceof RuntimeStage) {
        droppedByRuntime += before - left;
      } else {
        droppedByConjuncts += before - left;
      }
      if (left == 0) {
        return;
      }
    }
  }

  private void skipAll(long rows) {
    for (ColumnReader reader : readers) {
      if (reader != null) {
        reader.skip(rows);
      }
    }
  }

  private void skipUnread() {
    for (int i = 0; i < readers.length; i++) {
      ColumnReader reader = readers[i];
      if (reader != null && !read[i]) {
        reader.skip(size);
      }
    }
  }

  private Batch wholeWindow() {
    List<Integer> outputs = state.scan.outputs();
    var columns = new Vector[outputs.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = vector(outputs.get(i));
    }
    skipUnread();
    // The next rows begin where these did.
    held = -1;
    Batch batch = Batch.of(size, columns);
    return left == size ? batch : batch.select(state.selection, left);
  }

  /// Decodes what is left of the window behind what is held.
  private void hold() {
    for (int column : state.scan.outputs()) {
      ColumnBuffer window = filtered[column] ? ids(column) : null;
      ColumnBuffer keeping = kept[column];
      ColumnReader reader = readers[column];
      if (window != null && keeping != null) {
        keeping.append(window, state.selection, left);
      } else if (reader != null && !read[column]) {
        reader.read(size, state.selection, left);
        read[column] = true;
      }
    }
    skipUnread();
    held += left;
  }

  private Batch takeHeld() {
    List<Integer> outputs = state.scan.outputs();
    var columns = new Vector[outputs.size()];
    for (int i = 0; i < columns.length; i++) {
      int column = outputs.get(i);
      ColumnBuffer keeping = kept[column];
      ColumnReader reader = readers[column];
      columns[i] =
          keeping != null
              ? keeping.vector()
              : reader != null ? reader.buffer().vector() : constant(column, held);
    }
    Batch batch = Batch.of(held, columns);
    held = -1;
    return batch;
  }

  private void clearHeld() {
    held = 0;
    for (int i = 0; i < readers.length; i++) {
      ColumnReader reader = readers[i];
      if (reader != null && !(waiting && read[i])) {
        reader.buffer().clear();
      }
      ColumnBuffer keeping = kept[i];
      if (keeping != null) {
        keeping.clear();
      }
    }
  }

  @Override
  public long rowsOfMorsel() {
    return rowsOfMorsel;
  }

  @Override
  public @Nullable ColumnBuffer ids(int column) {
    ColumnReader reader = readers[column];
    if (reader == null) {
      return null;
    }
    if (!read[column]) {
      read[column] = true;
      reader.buffer().clear();
      reader.read(size);
    }
    return reader.buffer();
  }

  @Override
  public Vector vector(int column) {
    Vector vector = vectors[column];
    if (vector == null) {
      ColumnBuffer buffer = ids(column);
      vector = buffer == null ? constant(column, size) : buffer.vector();
      vectors[column] = vector;
    }
    return vector;
  }

  private Vector constant(int column, int length) {
    Vector value = places.get(column) instanceof Constant constant ? constant.value() : NOTHING;
    return DictionaryVector.constant(value, length);
  }

  @Override
  public Batch batch(int[] columns) {
    var all = new Vector[places.size()];
    Vector unseen =
        columns.length == 0 ? DictionaryVector.constant(NOTHING, size) : vector(columns[0]);
    Arrays.fill(all, unseen);
    for (int column : columns) {
      all[column] = vector(column);
    }
    return Batch.of(size, all);
  }
}
