package io.frazil.session;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.Spent;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryProgress;
import io.frazil.session.statistics.QueryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that was planned and runs, or has run. Of a query nothing runs before its first
/// batch is asked for. Its batches are pulled by one thread; everything else is safe for use by
/// many. Whoever got it closes it.
public interface QueryHandle extends AutoCloseable {
  /// What a statement gives.
  enum Kind {
    /// Rows: SELECT, EXPLAIN, SHOW, DESCRIBE.
    ROWS,
    /// A number of rows that were written: INSERT, CREATE TABLE AS.
    COUNT,
    /// Neither: it was done.
    DONE
  }

  /// Unique; the objects of the query lie under `queries/<id>/`.
  String id();

  Kind kind();

  /// The columns of the result; none unless the kind is ROWS.
  Schema schema();

  /// The result as it comes, for one pass and one thread: always the same reader. Closing it before
  /// the end cancels the query.
  ///
  /// @throws io.frazil.engine.error.FrazilException from the reader, if the query fails
  BatchReader batches();

  /// All rows that are left, as Java values: `Boolean`, `Byte`, `Short`, `Integer`, `Long`,
  /// `Float`, `Double`, `BigDecimal`, `String`, `LocalDate`, `LocalDateTime`, `Instant`, or null.
  default List<List<@Nullable Object>> rows() {
    return Rows.of(batches());
  }

  /// Waits for the end and says how many rows were written; 0 unless the kind is COUNT.
  ///
  /// @throws io.frazil.engine.error.FrazilException if it fails, in which case none was
  default long updatedRows() {
    return 0;
  }

  QueryStatistics statistics();

  /// How far it is, now.
  QueryProgress progress();

  /// What it was predicted to take.
  Estimate estimate();

  /// What it costs as far as it has run, or would cost on Lambda where it runs elsewhere.
  Ledger ledger();

  /// What it has been paid by so far, for another process that may go on with it.
  default Spent spent() {
    return Spent.NOTHING;
  }

  /// Asks it to stop: its reader then fails with CANCELLED.
  void cancel();

  /// Whether another process can go on with it where this one leaves it ([#handOver]).
  default boolean isKept() {
    return false;
  }

  /// Leaves now what another process needs to go on, while it runs on here.
  ///
  /// @return whether all of that is there
  default boolean keep() {
    return false;
  }

  /// Stops it here because another process is to go on with it, and says nothing to its workers:
  /// what they still do may count there. Where that begins anew, it does not, and they are told.
  ///
  /// @return whether all is left that another process needs to go on; without it, it begins anew
  default boolean handOver() {
    cancel();
    return false;
  }

  /// Stops it here because another process has gone on with it, with what it found: nothing more is
  /// left for it.
  default void leave() {
    cancel();
  }

  /// Stops what still runs, waits for it, and removes what its workers wrote, unless the query is
  /// kept for other processes. May come twice.
  @Override
  void close();
}
