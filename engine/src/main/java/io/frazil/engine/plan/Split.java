package io.frazil.engine.plan;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A share of a table that one scan reads.
public sealed interface Split {
  /// How much there is to read, in bytes, for packing splits into tasks.
  long bytes();

  /// The row groups of a Parquet file whose first byte lies in `start` to `start + length`.
  ///
  /// @param fileSize in bytes
  /// @param version what the file must still be, or null where it never changes
  /// @param constants values of scan columns (by field id) that the file does not hold because they
  ///   are its partition's
  record Parquet(
      String location,
      long start,
      long length,
      long fileSize,
      @Nullable String version,
      Map<Integer, Expression.Literal> constants)
      implements Split {
    public Parquet {
      constants = Map.copyOf(constants);
      if (start < 0 || length < 0 || fileSize < 0) {
        throw new IllegalArgumentException(
            "a split of %d bytes from %d on of %d".formatted(length, start, fileSize));
      }
    }

    @Override
    public long bytes() {
      return length;
    }
  }

  /// A share that only this process can read: of a table provider of the user's own.
  non-sealed interface Local extends Split {
    /// Reads the share.
    ///
    /// @param columns positions in the table's schema, in the order wanted
    BatchReader open(List<Integer> columns);
  }
}
