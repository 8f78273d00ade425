package io.frazil.engine.plan;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.LiteralJson;
import io.frazil.engine.type.DataType;
import io.frazil.json.JsonCodec;
import io.frazil.json.JsonFormatException;
import io.frazil.json.JsonText;
import io.frazil.json.Wire;
import org.jspecify.annotations.Nullable;

/// The JSON form of plans and of everything in and around them: expressions, splits, stages.
///
/// Strict in what it reads: an unknown or missing member, an unknown node and anything behind the
/// end are errors, and sizes are bounded before they are trusted. What reads well need not make
/// sense: positions are checked by whoever binds them.
public final class PlanJson {
  /// The longest text that is read, in characters, where nothing else is said.
  public static final int MAX_LENGTH = 6_000_000;

  /// The longest that may be said.
  public static final int LONGEST = 64_000_000;

  /// How deep nodes and expressions nest, in brackets: what the stack of any thread reads and runs.
  /// An operator in a row of such takes one bracket, a function or CASE within another two or
  /// three.
  public static final int MAX_DEPTH = 500;

  private static final JsonCodec CODEC =
      JsonCodec.builder()
          .lengthMax(LONGEST)
          .stringMax(MAX_LENGTH)
          .depthMax(MAX_DEPTH)
          .as(new TypeText())
          .as(LiteralJson.WIRE)
          .build();

  private PlanJson() {}

  /// A type is its SQL text.
  private static final class TypeText extends Wire<DataType, String> {
    TypeText() {
      super(DataType.class, String.class);
    }

    @Override
    protected String write(DataType type) {
      return type.text();
    }

    @Override
    protected DataType read(String text) {
      return DataType.parse(text);
    }
  }

  /// The text form of a plan, an expression, a split or a record of them.
  ///
  /// @throws FrazilException NOT_SUPPORTED where it nests deeper than is read
  public static String write(Object value) {
    try {
      return CODEC.text(value);
    } catch (JsonFormatException e) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "The query is nested too deeply: in what is sent to workers, at most %d brackets may lie"
                  .formatted(MAX_DEPTH)
              + " within each other",
          e);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(ErrorCode.INTERNAL, String.valueOf(e.getMessage()), e);
    }
  }

  /// The same as a part of a message.
  public static JsonText embed(Object value) {
    return new JsonText(write(value));
  }

  /// Reads the text form back.
  ///
  /// @throws FrazilException INVALID_MESSAGE where it is none of this type
  public static <T> T read(String text, Class<T> type) {
    return read(text, type, MAX_LENGTH);
  }

  /// Reads a part of a message.
  ///
  /// @throws FrazilException INVALID_MESSAGE where it is none of this type
  public static <T> T read(JsonText text, Class<T> type) {
    return read(text.json(), type);
  }

  /// The same of a text of another length.
  ///
  /// @param most how many characters are read
  /// @throws FrazilException INVALID_MESSAGE where it is none of this type
  public static <T> T read(String text, Class<T> type, int most) {
    String name = type.getSimpleName();
    if (text.length() > most) {
      throw invalid(
          "%s of %d characters is too large: at most %d are read"
              .formatted(name, text.length(), most),
          null);
    }
    try {
      return CODEC.read(text, type);
    } catch (JsonFormatException e) {
      throw invalid(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static FrazilException invalid(String message, @Nullable Throwable cause) {
    return new FrazilException(ErrorCode.INVALID_MESSAGE, message, cause);
  }
}
