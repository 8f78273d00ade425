package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.function.scalar.StrictFunction.Row;
import io.frazil.engine.function.scalar.StrictFunction.TextRow;
import io.frazil.engine.function.scalar.StrictFunction.ViewRow;
import io.frazil.engine.function.scalar.StrictFunction.WholeRow;
import io.frazil.engine.kernel.Text;
import io.frazil.engine.kernel.TextBuilder;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.List;

/// Functions of text. Positions and lengths count characters (code points) from 1, as in
/// PostgreSQL.
final class TextFunctions {
  private static final DataType TEXT = Types.VARCHAR;
  private static final DataType COUNT = Types.BIGINT;
  private static final int MAX_BYTES = 1 << 28;

  private TextFunctions() {}

  static List<ScalarFunction> all() {
    StrictFunction length = whole("length", (a, p) -> a.text(0, p).characters(), TEXT);
    StrictFunction strpos = whole("strpos", TextFunctions::position, TEXT, TEXT);
    StrictFunction trim = view("btrim", 1, TextFunctions::trimBoth, TEXT, TEXT);
    StrictFunction substring =
        new StrictFunction(
            "substring",
            List.of(TEXT, COUNT, COUNT),
            2,
            TEXT,
            true,
            (ViewRow) TextFunctions::substring);
    return List.of(
        length,
        length.as("character_length"),
        length.as("char_length"),
        whole("octet_length", (a, p) -> a.text(0, p).length(), TEXT),
        strpos,
        strpos.as("position"),
        truth("starts_with", (a, p) -> a.text(0, p).startsWith(a.text(1, p)) ? 1 : 0),
        truth("ends_with", (a, p) -> a.text(0, p).endsWith(a.text(1, p)) ? 1 : 0),
        truth("contains", (a, p) -> find(a, p) >= 0 ? 1 : 0),
        substring,
        substring.as("substr"),
        trim,
        trim.as("trim"),
        view("ltrim", 1, TextFunctions::trimLeft, TEXT, TEXT),
        view("rtrim", 1, TextFunctions::trimRight, TEXT, TEXT),
        view("left", 2, TextFunctions::left, TEXT, COUNT),
        view("right", 2, TextFunctions::right, TEXT, COUNT),
        failing("split_part", 3, (ViewRow) TextFunctions::splitPart, TEXT, TEXT, COUNT),
        text("replace", 3, TextFunctions::replace, TEXT, TEXT, TEXT),
        text("reverse", 1, TextFunctions::reverse, TEXT),
        failing("repeat", 2, (TextRow) TextFunctions::repeat, TEXT, COUNT),
        failing("lpad", 2, (TextRow) TextFunctions::padLeft, TEXT, COUNT, TEXT),
        failing("rpad", 2, (TextRow) TextFunctions::padRight, TEXT, COUNT, TEXT));
  }

  private static StrictFunction whole(String name, WholeRow row, DataType... parameters) {
    return new StrictFunction(
        name, List.of(parameters), parameters.length, Types.INTEGER, false, row);
  }

  private static StrictFunction truth(String name, WholeRow row) {
    return new StrictFunction(name, List.of(TEXT, TEXT), 2, Types.BOOLEAN, false, row);
  }

  private static StrictFunction view(
      String name, int required, ViewRow row, DataType... parameters) {
    return new StrictFunction(name, List.of(parameters), required, TEXT, false, row);
  }

  private static StrictFunction text(
      String name, int required, TextRow row, DataType... parameters) {
    return new StrictFunction(name, List.of(parameters), required, TEXT, false, row);
  }

  private static StrictFunction failing(
      String name, int required, Row row, DataType... parameters) {
    return new StrictFunction(name, List.of(parameters), required, TEXT, true, row);
  }

  private static int find(Arguments arguments, int p) {
    Slice text = arguments.text(0, p);
    return Text.find(text.bytes(), text.start(), text.end(), arguments.text(1, p).copy());
  }

  private static long position(Arguments arguments, int p) {
    int at = find(arguments, p);
    Slice text = arguments.text(0, p);
    return at < 0 ? 0 : Text.characters(text.bytes(), text.start(), at - text.start()) + 1;
  }

  /// What lies at the positions `from` to below `from + length`, of which those before 1 are empty.
  private static void substring(Slice value, Arguments arguments, int p) {
    long from = arguments.whole(1, p);
    if (arguments.count() == 2) {
      value.characters(Math.max(from, 1) - 1, Long.MAX_VALUE);
      return;
    }
    long length = arguments.whole(2, p);
    if (length < 0) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The length of a substring is not negative: " + length);
    }
    long end = from > Long.MAX_VALUE - length ? Long.MAX_VALUE : from + length;
    long start = Math.max(from, 1);
    value.characters(start - 1, Math.max(end - start, 0));
  }

  private static void trimBoth(Slice value, Arguments arguments, int p) {
    trimLeft(value, arguments, p);
    trimRight(value, arguments, p);
  }

  private static void trimLeft(Slice value, Arguments arguments, int p) {
    int at = value.start();
    while (at < value.end()) {
      int next = Text.skip(value.bytes(), at, value.end(), 1);
      if (!isTrimmed(value.bytes(), at, next, arguments, p)) {
        break;
      }
      at = next;
    }
    value.narrow(at, value.end());
  }

  private static void trimRight(Slice value, Arguments arguments, int p) {
    int end = value.end();
    while (end > value.start()) {
      int before = Text.skipBack(value.bytes(), value.start(), end, 1);
      if (!isTrimmed(value.bytes(), before, end, arguments, p)) {
        break;
      }
      end = before;
    }
    value.narrow(value.start(), end);
  }

  /// Whether a character is a space, or among those of the second argument.
  private static boolean isTrimmed(byte[] bytes, int from, int to, Arguments arguments, int p) {
    if (arguments.count() == 1) {
      return bytes[from] == ' ';
    }
    Slice set = arguments.text(1, p);
    int at = set.start();
    while (at < set.end()) {
      int next = Text.skip(set.bytes(), at, set.end(), 1);
      if (next - at == to - from && Text.equal(bytes, from, set.bytes(), at, to - from)) {
        return true;
      }
      at = next;
    }
    return false;
  }

  /// The first characters; all but the last where the count is negative.
  private static void left(Slice value, Arguments arguments, int p) {
    long count = arguments.whole(1, p);
    value.characters(0, count >= 0 ? count : Math.max(0, value.characters() + count));
  }

  /// The last characters; all but the first where the count is negative.
  private static void right(Slice value, Arguments arguments, int p) {
    long count = arguments.whole(1, p);
    long skipped = count >= 0 ? Math.max(0, value.characters() - count) : saturated(count);
    value.characters(skipped, Long.MAX_VALUE);
  }

  private static long saturated(long negative) {
    return negative == Long.MIN_VALUE ? Long.MAX_VALUE : -negative;
  }

  /// The `n`th of the parts between delimiters, counted from the end where `n` is negative; empty
  /// where there is none.
  private static void splitPart(Slice value, Arguments arguments, int p) {
    long n = arguments.whole(2, p);
    if (n == 0) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The position of split_part counts from 1, or from -1");
    }
    byte[] delimiter = arguments.text(1, p).copy();
    int end = value.end();
    long wanted = n > 0 ? n : parts(value, delimiter) + n + 1;
    int from = value.start();
    if (delimiter.length == 0) {
      value.narrow(from, wanted == 1 ? end : from);
      return;
    }
    for (long i = 1; ; i++) {
      int at = Text.find(value.bytes(), from, end, delimiter);
      if (i == wanted || at < 0) {
        value.narrow(from, i == wanted ? (at < 0 ? end : at) : from);
        return;
      }
      from = at + delimiter.length;
    }
  }

  private static long parts(Slice value, byte[] delimiter) {
    long parts = 1;
    int from = value.start();
    while (delimiter.length > 0) {
      int at = Text.find(value.bytes(), from, value.end(), delimiter);
      if (at < 0) {
        break;
      }
      parts++;
      from = at + delimiter.length;
    }
    return parts;
  }

  private static void replace(Arguments arguments, int p, TextBuilder out) {
    Slice value = arguments.text(0, p);
    byte[] wanted = arguments.text(1, p).copy();
    Slice by = arguments.text(2, p);
    int from = value.start();
    while (wanted.length > 0) {
      int at = Text.find(value.bytes(), from, value.end(), wanted);
      if (at < 0) {
        break;
      }
      out.append(value.bytes(), from, at - from);
      out.append(by.bytes(), by.start(), by.length());
      from = at + wanted.length;
    }
    out.append(value.bytes(), from, value.end() - from);
  }

  private static void reverse(Arguments arguments, int p, TextBuilder out) {
    Slice value = arguments.text(0, p);
    int end = value.end();
    while (end > value.start()) {
      int from = Text.skipBack(value.bytes(), value.start(), end, 1);
      out.append(value.bytes(), from, end - from);
      end = from;
    }
  }

  private static void repeat(Arguments arguments, int p, TextBuilder out) {
    Slice value = arguments.text(0, p);
    long times = value.length() == 0 ? 0 : Math.max(0, arguments.whole(1, p));
    requireSize(times <= MAX_BYTES ? times * value.length() : times);
    for (long i = 0; i < times; i++) {
      out.append(value.bytes(), value.start(), value.length());
    }
  }

  private static void padLeft(Arguments arguments, int p, TextBuilder out) {
    long missing = cut(arguments, p);
    pad(arguments, p, missing, out);
    append(arguments, p, missing, out);
  }

  private static void padRight(Arguments arguments, int p, TextBuilder out) {
    long missing = cut(arguments, p);
    append(arguments, p, missing, out);
    pad(arguments, p, missing, out);
  }

  /// How many characters are missing; negative where there are too many.
  private static long cut(Arguments arguments, int p) {
    long wanted = Math.max(0, arguments.whole(1, p));
    requireSize(wanted);
    return wanted - arguments.text(0, p).characters();
  }

  private static void append(Arguments arguments, int p, long missing, TextBuilder out) {
    Slice value = arguments.text(0, p);
    if (missing < 0) {
      value.characters(0, value.characters() + missing);
    }
    out.append(value.bytes(), value.start(), value.length());
  }

  private static void pad(Arguments arguments, int p, long missing, TextBuilder out) {
    if (arguments.count() == 2) {
      for (long i = 0; i < missing; i++) {
        out.append((byte) ' ');
      }
      return;
    }
    Slice fill = arguments.text(2, p);
    int at = fill.start();
    for (long i = 0; i < missing && fill.length() > 0; i++) {
      int next = Text.skip(fill.bytes(), at, fill.end(), 1);
      out.append(fill.bytes(), at, next - at);
      at = next == fill.end() ? fill.start() : next;
    }
  }

  private static void requireSize(long bytes) {
    if (bytes > MAX_BYTES) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "A text of " + bytes + " characters is too long");
    }
  }
}
