package io.frazil.engine.function;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// A function of a group of rows: of SQL's own or of a user's.
public interface AggregateFunction {
  /// The name it is called by, in lower case.
  String name();

  /// How it would be called with arguments of these types, or empty where it can't be.
  Optional<Signature> resolve(List<DataType> arguments);

  /// New, empty groups for a call of these (already cast) argument types.
  Accumulator accumulator(List<DataType> arguments);

  /// Of which groups the result is null.
  enum Nulls {
    NEVER,

    /// Of those that have no value, or only nulls.
    WITHOUT_VALUES,

    /// Of some that have values, too, as a sample's variance is of a single one.
    WITH_VALUES
  }

  /// What a call takes, gives, and keeps in between.
  ///
  /// @param state the columns of a partial state
  record Signature(List<DataType> arguments, DataType result, Nulls nulls, List<Field> state) {
    public Signature {
      arguments = List.copyOf(arguments);
      state = List.copyOf(state);
    }

    /// Whether the result of a group may be null.
    public boolean nullable() {
      return nulls != Nulls.NEVER;
    }
  }

  /// The states of many groups, numbered from 0. One thread's.
  interface Accumulator {
    /// Makes room for groups 0 to `groups`.
    void resize(int groups);

    /// Adds rows: the `i`th live row belongs to group `groups[i]`.
    ///
    /// @param groups by number of the live row, not by its position
    void update(int[] groups, Vector[] arguments, Rows rows);

    /// Adds partial states, one a row, as [#state] gives them.
    void merge(int[] groups, Vector[] state, Rows rows);

    /// The partial states of groups `from` to `from + count`.
    Vector[] state(int from, int count);

    /// The results of groups `from` to `from + count`.
    Vector result(int from, int count);

    /// What it holds, in bytes.
    long bytes();
  }
}
