package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.RowGroupMetadata.Extent;
import io.frazil.engine.parquet.prune.Absence;
import io.frazil.engine.parquet.prune.BloomFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the bloom filters of a row group know, each read when it is first asked. One that is
/// damaged, of another kind or too large knows nothing.
final class BloomFilters implements Absence {
  private static final int MAX_BYTES = 16 << 20;

  private final RowGroup group;
  private final long worthBytes;
  private final Reservation reservation;
  private final Map<Integer, Optional<BloomFilter>> filters = new HashMap<>();

  /// @param worthBytes the most that a filter may have for reading it to be worth the while
  /// @param reservation what they are accounted in while they are used
  BloomFilters(RowGroup group, long worthBytes, Reservation reservation) {
    this.group = group;
    this.worthBytes = Math.min(worthBytes, MAX_BYTES);
    this.reservation = reservation;
  }

  @Override
  public boolean isAbsent(int column, Literal value) {
    Object wanted = value.value();
    if (wanted == null || !(group.file().places().get(column) instanceof Stored stored)) {
      return false;
    }
    Extent extent = group.chunk(stored).bloomFilter();
    byte[] plain = extent == null ? null : RowPruner.value(stored.storage()).plain(wanted);
    return extent != null
        && plain != null
        && filters
            .computeIfAbsent(column, _ -> read(extent))
            .map(filter -> !filter.mayContain(plain))
            .orElse(false);
  }

  private Optional<BloomFilter> read(Extent extent) {
    if (extent.length() > worthBytes) {
      return Optional.empty();
    }
    long rest = group.file().file().info().size() - extent.start();
    int known = extent.length() > 0 ? extent.length() : BloomFilter.MAX_HEADER_BYTES;
    int first = (int) Math.min(known, rest);
    if (!reservation.tryGrow(first)) {
      return Optional.empty();
    }
    byte[] begin = bytes(new byte[first], extent.start(), 0);
    return BloomFilter.size(begin)
        .filter(size -> size.total() <= Math.min(rest, worthBytes))
        .flatMap(size -> whole(begin, extent.start(), size));
  }

  private Optional<BloomFilter> whole(byte[] begin, long start, BloomFilter.Size size) {
    int total = (int) size.total();
    if (total <= begin.length) {
      return Optional.of(BloomFilter.of(begin, size));
    }
    if (!reservation.tryGrow(total)) {
      return Optional.empty();
    }
    byte[] bytes = bytes(Arrays.copyOf(begin, total), start, begin.length);
    return Optional.of(BloomFilter.of(bytes, size));
  }

  /// Reads what is behind the first `have` bytes.
  private byte[] bytes(byte[] into, long start, int have) {
    group.file().file().read(start + have, into, have, into.length - have);
    return into;
  }
}
