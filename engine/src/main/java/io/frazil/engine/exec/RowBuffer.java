package io.frazil.engine.exec;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Rows that an operator keeps, a growing column each, with the memory they take: reserved before
/// it is used. One thread appends; whoever made it closes it.
public final class RowBuffer implements AutoCloseable {
  private final List<ColumnBuffer> columns;
  private final Reservation reservation;
  private int rows;

  /// @param owner who keeps them, for the message of the error
  public RowBuffer(List<DataType> types, MemoryPool memory, String owner) {
    this(
        new ArrayList<>(types.stream().map(ColumnBuffer::of).toList()),
        0,
        memory.reservation(owner));
  }

  private RowBuffer(List<ColumnBuffer> columns, int rows, Reservation reservation) {
    this.columns = columns;
    this.rows = rows;
    this.reservation = reservation;
  }

  /// Appends the live rows of a batch.
  ///
  /// @param from which of its columns, one for each of this buffer's
  public void append(Batch batch, int[] from) {
    for (int i = 0; i < from.length; i++) {
      ColumnBuffer column = columns.get(i);
      Vector vector = batch.column(from[i]);
      long before = column.bytes();
      long growth = column.growth(vector, batch.selection(), batch.rows());
      reservation.grow(growth);
      column.append(vector, batch.selection(), batch.rows());
      reservation.resize(reservation.bytes() - growth + column.bytes() - before);
    }
    rows += batch.rows();
  }

  /// The rows of all parts in order, and their memory. A column of all is made at a time, so that
  /// no more than one exists twice. The parts are empty and closed afterwards.
  ///
  /// @param parts at least one, with columns of the same types
  public static RowBuffer concatenate(List<RowBuffer> parts, Reservation reservation) {
    var columns = new ArrayList<ColumnBuffer>();
    long total = parts.stream().mapToLong(part -> part.rows).sum();
    for (int i = 0; i < parts.getFirst().columns.size(); i++) {
      int index = i;
      List<ColumnBuffer> pieces = parts.stream().map(part -> part.columns.get(index)).toList();
      long held = pieces.stream().mapToLong(ColumnBuffer::bytes).sum();
      reservation.grow(held);
      ColumnBuffer whole = ColumnBuffer.concatenate(pieces);
      for (RowBuffer part : parts) {
        part.reservation.shrink(part.columns.get(index).bytes());
      }
      reservation.resize(reservation.bytes() - held + whole.bytes());
      columns.add(whole);
    }
    parts.forEach(RowBuffer::close);
    return new RowBuffer(columns, Math.toIntExact(total), reservation);
  }

  /// Puts the values of a column into another order, leaving the other columns as they are.
  ///
  /// @param order all row numbers
  public void order(int index, int[] order) {
    ColumnBuffer column = columns.get(index);
    long bytes = column.bytes();
    reservation.grow(bytes);
    ColumnBuffer ordered = column.ordered(order);
    columns.set(index, ordered);
    reservation.resize(reservation.bytes() - 2 * bytes + ordered.bytes());
  }

  /// Forgets a column, which then has no rows.
  public void drop(int index) {
    ColumnBuffer column = columns.get(index);
    columns.set(index, ColumnBuffer.of(column.type()));
    reservation.shrink(column.bytes());
  }

  public int rows() {
    return rows;
  }

  public ColumnBuffer column(int index) {
    return columns.get(index);
  }

  public int width() {
    return columns.size();
  }

  public long bytes() {
    return reservation.bytes();
  }

  /// Releases the memory; may be done twice.
  @Override
  public void close() {
    reservation.close();
  }
}
