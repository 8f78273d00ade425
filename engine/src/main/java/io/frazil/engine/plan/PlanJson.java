package io.frazil.engine.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
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

  /// How deep nodes and expressions nest, in brackets: what a small stack reads.
  public static final int MAX_DEPTH = 250;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(LONGEST)
                          .maxStringLength(MAX_LENGTH)
                          .maxNestingDepth(MAX_DEPTH)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PlanJson() {}

  /// The text form of a plan, an expression, a split or a record of them.
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new FrazilException(
          ErrorCode.INTERNAL,
          "%s has no JSON form: %s"
              .formatted(value.getClass().getSimpleName(), e.getOriginalMessage()),
          e);
    }
  }

  /// Reads the text form back.
  ///
  /// @throws FrazilException INVALID_MESSAGE where it is none of this type
  public static <T> T read(String text, Class<T> type) {
    return read(text, type, MAX_LENGTH);
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
      T value = MAPPER.readValue(text, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw invalid(name + " cannot be read: " + reason(e), e);
    } catch (IllegalArgumentException | ArithmeticException | FrazilException e) {
      throw invalid(name + " cannot be read: " + e.getMessage(), e);
    }
    throw invalid(name + " is null", null);
  }

  /// What is wrong, in words of the text rather than of the classes that it becomes.
  private static String reason(JsonProcessingException e) {
    return switch (e) {
      case ValueInstantiationException v when v.getCause() != null -> reason(v.getCause());
      case UnrecognizedPropertyException u -> "Unrecognized field \"" + u.getPropertyName() + "\"";
      case InvalidTypeIdException t -> "Could not resolve type id '%s'".formatted(t.getTypeId());
      case MismatchedInputException m when m.getOriginalMessage().startsWith("Trailing ") ->
          "Trailing token behind its end";
      case MismatchedInputException m when m.getOriginalMessage().startsWith("Cannot ") ->
          "'%s' is not of the kind that is expected there".formatted(place(m));
      case MismatchedInputException m when m.getOriginalMessage().startsWith("Missing ") ->
          m.getOriginalMessage().replaceFirst(";.*", "");
      default -> e.getOriginalMessage();
    };
  }

  /// Why a record does not take its members: in its words, or for want of one.
  private static String reason(Throwable refused) {
    String message = refused.getMessage();
    return message == null || message.startsWith("Cannot invoke ")
        ? "something is null that may not be"
        : message;
  }

  /// As `plan.input.keys[3]`.
  private static String place(JsonMappingException e) {
    var place = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return place.isEmpty() ? "it" : place.toString();
  }

  private static FrazilException invalid(String message, @Nullable Throwable cause) {
    return new FrazilException(ErrorCode.INVALID_MESSAGE, message, cause);
  }
}
