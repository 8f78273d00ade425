package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the partitions of a partial lie: what its consumers need to know, and what travels in
/// messages. The object carries it in its footer as well.
///
/// @param attempt who wrote it
/// @param bytes the object's size
/// @param partitions by number
public record PartialManifest(String location, String attempt, long bytes, List<Range> partitions) {
  private static final String ATTEMPT_KEY = "frazil.attempt";
  private static final String PARTITIONS_KEY = "frazil.partitions";

  public PartialManifest {
    partitions = List.copyOf(partitions);
    for (Range range : partitions) {
      if (range.offset > bytes - range.length) {
        throw new IllegalArgumentException(
            "%d bytes from %d on do not lie within %d"
                .formatted(range.length, range.offset, bytes));
      }
    }
  }

  /// The record batches of a partition: `length` bytes from `offset` on, none where it is empty.
  public record Range(long offset, long length, long rows) {
    public Range {
      if (offset < 0 || length < 0 || rows < 0 || rows / Batch.MAX_ROWS > length) {
        throw new IllegalArgumentException(
            "a range of %d bytes from %d on with %d rows".formatted(length, offset, rows));
      }
    }
  }

  /// Of all partitions.
  public long rows() {
    long rows = 0;
    for (Range range : partitions) {
      rows += range.rows;
    }
    return rows;
  }

  /// The part that goes into the footer.
  static Map<String, String> footer(String attempt, List<Range> partitions) {
    var ranges = new StringBuilder();
    for (Range range : partitions) {
      if (!ranges.isEmpty()) {
        ranges.append(';');
      }
      ranges.append(range.offset).append(',').append(range.length).append(',').append(range.rows);
    }
    var footer = new LinkedHashMap<String, String>();
    footer.put(ATTEMPT_KEY, attempt);
    footer.put(PARTITIONS_KEY, ranges.toString());
    return footer;
  }

  /// @throws FrazilException FILE_CORRUPT where the footer is not a partial's
  static PartialManifest ofFooter(String location, long bytes, Map<String, String> footer) {
    String attempt = footer.get(ATTEMPT_KEY);
    String ranges = footer.get(PARTITIONS_KEY);
    if (attempt == null || ranges == null) {
      throw notAPartial(location, null);
    }
    var partitions = new ArrayList<Range>();
    try {
      for (String range : ranges.split(";", -1)) {
        String[] parts = range.split(",", 3);
        partitions.add(
            new Range(
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw notAPartial(location, e);
    }
    try {
      return new PartialManifest(location, attempt, bytes, partitions);
    } catch (IllegalArgumentException e) {
      throw notAPartial(location, e);
    }
  }

  static FrazilException notAPartial(String location, @Nullable Exception cause) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT, "'" + location + "' is not a task's partial result", cause);
  }
}
