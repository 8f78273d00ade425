package io.frazil.benchmarks.micro;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Numbered keys as columns of one kind.
final class KeyColumns {
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final KeyKind kind;
  private final List<DataType> types;

  /// One for all batches with as many keys, as in a column chunk.
  private StringVector dictionary = Data.text(List.of(""));

  KeyColumns(KeyKind kind) {
    this.kind = kind;
    this.types =
        switch (kind) {
          case INT -> List.of(Types.INTEGER);
          case LONG -> List.of(Types.BIGINT);
          case TWO_LONGS -> List.of(Types.BIGINT, Types.BIGINT);
          case TEXT, DICTIONARY_TEXT -> List.of(Types.VARCHAR);
        };
  }

  Schema schema() {
    return new Schema(
        IntStream.range(0, types.size())
            .mapToObj(i -> new Field("k" + i, types.get(i), false))
            .toList());
  }

  int width() {
    return types.size();
  }

  /// The keys with these numbers.
  ///
  /// @param count how many keys there are
  Vector[] vectors(int[] numbers, int count) {
    int length = numbers.length;
    return switch (kind) {
      case INT -> new Vector[] {new IntVector(types.get(0), numbers, length, null)};
      case LONG -> new Vector[] {longs(numbers, SPREAD)};
      case TWO_LONGS -> new Vector[] {longs(numbers, 1), longs(numbers, SPREAD)};
      case TEXT -> new Vector[] {text(numbers)};
      case DICTIONARY_TEXT -> {
        if (dictionary.length() != count) {
          dictionary = text(IntStream.range(0, count).toArray());
        }
        yield new Vector[] {new DictionaryVector(numbers, dictionary, length, null)};
      }
    };
  }

  private static LongVector longs(int[] numbers, long factor) {
    long[] values = Arrays.stream(numbers).mapToLong(n -> n * factor).toArray();
    return new LongVector(Types.BIGINT, values, numbers.length, null);
  }

  private static StringVector text(int[] numbers) {
    return Data.text(Arrays.stream(numbers).mapToObj(n -> "Customer#%09d".formatted(n)).toList());
  }
}
