package io.frazil.engine.exec.sort;

import io.frazil.engine.plan.SortKey;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Merges sorted runs by a tree of losers (Knuth, The Art of Computer Programming, volume 3,
/// 5.4.1): each inner node remembers who lost there, so that the next row costs one comparison a
/// level. First keys are compared as longs, and rows by all keys where those are equal.
final class RunMerge {
  private static final int BLOCK = 1024;

  private final List<int[]> runs;
  private final RowOrder order;
  private final List<SortKey> keys;
  private final Vector[] columns;

  /// For each run its next row and that row's first key, and how much of it is through.
  private final int[] rows;

  private final long[] prefixes;
  private final int[] through;

  /// For each run the first keys of the next rows, as many at a time.
  private final long[][] blocks;

  /// At 1 and above, the run that lost at each node; at 0 the winner of all.
  private final int[] losers;

  /// How many rows are yet to be skipped, and to come out behind them.
  private long skipped;

  private long left;

  RunMerge(SortedRows sorted) {
    runs = sorted.runs();
    keys = sorted.keys();
    order = new RowOrder(keys);
    columns = SortedRows.keyColumns(sorted.rows(), keys);
    int count = runs.size();
    rows = new int[count];
    prefixes = new long[count];
    through = new int[count];
    blocks = new long[count > 1 ? count : 0][BLOCK];
    losers = new int[Math.max(1, count)];
    skipped = sorted.from();
    left = Math.max(0, sorted.to() - sorted.from());
    for (int run = 0; run < count; run++) {
      load(run);
    }
    if (count > 0) {
      losers[0] = play(1);
    }
  }

  /// Writes the numbers of the next rows, up to a batch of them; says how many, 0 at the end.
  int next(int[] out) {
    if (runs.size() <= 1) {
      return nextOfOne(out);
    }
    int count = 0;
    while (count < Batch.MAX_ROWS && left > 0) {
      int winner = losers[0];
      if (isOver(winner)) {
        break;
      }
      out[count] = rows[winner];
      through[winner]++;
      load(winner);
      replay(winner);
      if (skipped > 0) {
        skipped--;
      } else {
        left--;
        count++;
      }
    }
    return count;
  }

  private int nextOfOne(int[] out) {
    if (runs.isEmpty()) {
      return 0;
    }
    int[] run = runs.getFirst();
    int from = (int) Math.min(run.length, skipped + through[0]);
    int count = (int) Math.min(Math.min(Batch.MAX_ROWS, left), run.length - from);
    System.arraycopy(run, from, out, 0, count);
    through[0] += count;
    left -= count;
    return count;
  }

  private boolean isOver(int run) {
    return through[run] == runs.get(run).length;
  }

  /// Reads the next row of a run.
  private void load(int run) {
    if (runs.size() <= 1 || isOver(run)) {
      return;
    }
    int at = through[run];
    if (at % BLOCK == 0 && !keys.isEmpty()) {
      int[] next =
          Arrays.copyOfRange(runs.get(run), at, Math.min(runs.get(run).length, at + BLOCK));
      OrderPrefix.encode(columns[0], keys.getFirst(), next, 0, next.length, blocks[run]);
    }
    rows[run] = runs.get(run)[at];
    prefixes[run] = blocks[run][at % BLOCK];
  }

  /// Plays all matches below a node and gives the winner. Nodes from the number of runs on are the
  /// runs themselves.
  private int play(int node) {
    int count = runs.size();
    if (node >= count) {
      return node - count;
    }
    int a = play(2 * node);
    int b = play(2 * node + 1);
    boolean aWins = isBefore(a, b);
    losers[node] = aWins ? b : a;
    return aWins ? a : b;
  }

  /// Plays the matches above a run that has another row now.
  private void replay(int run) {
    int winner = run;
    for (int node = (run + runs.size()) >>> 1; node >= 1; node >>>= 1) {
      if (isBefore(losers[node], winner)) {
        int loser = winner;
        winner = losers[node];
        losers[node] = loser;
      }
    }
    losers[0] = winner;
  }

  private boolean isBefore(int a, int b) {
    if (isOver(a) || isOver(b)) {
      return !isOver(a);
    }
    return prefixes[a] != prefixes[b]
        ? prefixes[a] < prefixes[b]
        : order.compare(columns, rows[a], columns, rows[b]) < 0;
  }
}
