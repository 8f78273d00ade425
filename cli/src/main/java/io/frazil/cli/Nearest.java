package io.frazil.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that somebody who misspelt it probably meant.
final class Nearest {
  /// Of a word's letters, so many may be wrong: one in three.
  private static final int LETTERS_PER_MISTAKE = 3;

  private Nearest() {}

  /// @return empty where none is near
  static Optional<String> of(String word, Collection<String> names) {
    int allowed = Math.max(1, word.length() / LETTERS_PER_MISTAKE);
    return names.stream()
        .filter(name -> distance(word, name) <= allowed)
        .min(
            Comparator.comparingInt((String name) -> distance(word, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// How many letters have to be added, taken away, replaced, or swapped with their neighbour.
  static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
