package io.frazil.engine.vector;

/// Vectors as the loops of accumulators want them: neither a dictionary nor rows that don't count.
public final class Dense {
  private Dense() {}

  /// The live rows alone, by number, without a dictionary. May be `vector` itself.
  public static Vector of(Vector vector, Rows rows) {
    int[] selection = rows.selection();
    return Gather.flatten(
        selection == null ? vector : Gather.gather(vector, selection, rows.count()));
  }
}
