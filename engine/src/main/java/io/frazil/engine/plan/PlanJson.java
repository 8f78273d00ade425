package io.frazil.engine.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  /// The longest text that is read, in characters.
  public static final int MAX_LENGTH = 6_000_000;

  /// How deep nodes and expressions nest, in brackets: what a small stack reads.
  public static final int MAX_DEPTH = 250;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_LENGTH)
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
    String name = type.getSimpleName();
    if (text.length() > MAX_LENGTH) {
      throw invalid(
          "%s of %d characters is too large: at most %d are read"
              .formatted(name, text.length(), MAX_LENGTH),
          null);
    }
    try {
      T value = MAPPER.readValue(text, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw invalid(name + " cannot be read: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | FrazilException e) {
      throw invalid(name + " cannot be read: " + e.getMessage(), e);
    }
    throw invalid(name + " is null", null);
  }

  private static FrazilException invalid(String message, @Nullable Throwable cause) {
    return new FrazilException(ErrorCode.INVALID_MESSAGE, message, cause);
  }
}
