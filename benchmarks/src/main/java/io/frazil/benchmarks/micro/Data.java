package io.frazil.benchmarks.micro;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.StringVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What benchmarks compute on: the same in every run.
final class Data {
  /// Rows of a batch.
  static final int ROWS = Batch.MAX_ROWS;

  static final DataType MONEY = Types.decimal(15, 2);

  private static final List<String> WORDS =
      List.of(
          "carefully",
          "special",
          "ironic",
          "requests",
          "sleep",
          "deposits",
          "furiously",
          "regular",
          "packages",
          "above",
          "the",
          "accounts",
          "blithely",
          "final",
          "pending",
          "express");

  private static final long SEED = 42;

  private Data() {}

  static Random random() {
    return new Random(SEED);
  }

  static long[] longs(long from, long to) {
    return random().longs(ROWS, from, to).toArray();
  }

  static int[] ints(int from, int to) {
    return random().ints(ROWS, from, to).toArray();
  }

  static double[] doubles() {
    return random().doubles(ROWS, 0, 1_000_000).toArray();
  }

  /// Sentences of three to eight words.
  static List<String> sentences() {
    Random random = random();
    return IntStream.range(0, ROWS)
        .mapToObj(_ ->
            IntStream.range(0, 3 + random.nextInt(6))
                .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" ")))
        .toList();
  }

  /// Texts one behind the other.
  static StringVector text(List<String> texts) {
    byte[] bytes = String.join("", texts).getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[texts.size()];
    int[] lengths = new int[texts.size()];
    int end = 0;
    for (int i = 0; i < texts.size(); i++) {
      starts[i] = end;
      lengths[i] = texts.get(i).getBytes(StandardCharsets.UTF_8).length;
      end += lengths[i];
    }
    return new StringVector(Types.VARCHAR, bytes, starts, lengths, texts.size(), null);
  }

  static int[] allRows() {
    return IntStream.range(0, ROWS).toArray();
  }
}
