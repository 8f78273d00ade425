package io.frazil.engine.parquet;

import io.frazil.engine.parquet.decode.ChunkRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is read of a file for one morsel: ranges of bytes, those near to each other in one request.
final class ChunkFetch {
  /// Bytes that are cheaper to read than to leave out.
  private static final long MAX_GAP_BYTES = 64 << 10;

  /// Requests beyond this are not joined to larger ones.
  private static final long MAX_REQUEST_BYTES = 16 << 20;

  /// What one of several reads at a time takes of a larger request.
  private static final int PART_BYTES = 4 << 20;

  private final List<Request> requests;

  /// A range that a column wants.
  ///
  /// @param column the scan's
  /// @param firstRow the row that the range's first data page begins with
  record Wanted(int column, long start, long length, long firstRow) {}

  /// A read, and the ranges in it.
  record Request(long start, long length, List<Wanted> ranges) {}

  private ChunkFetch(List<Request> requests) {
    this.requests = requests;
  }

  /// Joins what lies close together.
  static ChunkFetch of(List<Wanted> wanted) {
    var sorted = new ArrayList<>(wanted);
    sorted.sort(Comparator.comparingLong(Wanted::start).thenComparingLong(Wanted::firstRow));
    var requests = new ArrayList<Request>();
    var current = new ArrayList<Wanted>();
    long start = 0;
    long end = 0;
    for (Wanted range : sorted) {
      long rangeEnd = range.start() + range.length();
      boolean near = range.start() - end <= MAX_GAP_BYTES;
      boolean small = rangeEnd - start <= MAX_REQUEST_BYTES;
      if (!current.isEmpty() && !(near && small)) {
        requests.add(new Request(start, end - start, List.copyOf(current)));
        current.clear();
      }
      if (current.isEmpty()) {
        start = range.start();
        end = rangeEnd;
      }
      end = Math.max(end, rangeEnd);
      current.add(range);
    }
    if (!current.isEmpty()) {
      requests.add(new Request(start, end - start, List.copyOf(current)));
    }
    return new ChunkFetch(requests);
  }

  /// How much memory [#read] takes.
  long bytes() {
    return requests.stream().mapToLong(r -> r.length() + ChunkRange.PADDING).sum();
  }

  /// How much it reads.
  long readBytes() {
    return requests.stream().mapToLong(Request::length).sum();
  }

  /// In how many reads it does so.
  ///
  /// @param parallel how many of them are made at a time
  int reads(int parallel) {
    return requests.stream().mapToInt(r -> parts(r, parallel)).sum();
  }

  /// Reads everything; gives each column's ranges, in the order of their rows.
  Map<Integer, List<ChunkRange>> read(ParquetFile file) {
    int parallel = file.parallelReads();
    var ranges = new HashMap<Integer, List<ChunkRange>>();
    var parts = new ArrayList<ParallelReads.Part>();
    for (Request request : requests) {
      byte[] bytes = new byte[Math.toIntExact(request.length() + ChunkRange.PADDING)];
      parts.addAll(divided(request, bytes, parts(request, parallel)));
      for (Wanted wanted : request.ranges()) {
        ranges
            .computeIfAbsent(wanted.column(), _ -> new ArrayList<>())
            .add(
                new ChunkRange(
                    bytes,
                    (int) (wanted.start() - request.start()),
                    (int) wanted.length(),
                    wanted.firstRow()));
      }
    }
    ParallelReads.run(file, parts, parallel);
    return ranges;
  }

  private static int parts(Request request, int parallel) {
    return parallel == 1 ? 1 : Math.toIntExact(Math.ceilDiv(request.length(), PART_BYTES));
  }

  private static List<ParallelReads.Part> divided(Request request, byte[] bytes, int count) {
    var parts = new ArrayList<ParallelReads.Part>();
    int done = 0;
    for (int left = count; left > 0; left--) {
      int length = Math.ceilDiv((int) request.length() - done, left);
      parts.add(new ParallelReads.Part(request.start() + done, bytes, done, length));
      done += length;
    }
    return parts;
  }
}
