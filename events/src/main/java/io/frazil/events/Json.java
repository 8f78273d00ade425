package io.frazil.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// The one wire format of all messages: JSON, strict in what it reads. A member that no record
/// knows is an error, as is anything behind the end, and every size is bounded before it is
/// trusted.
public final class Json {
  /// The largest message: what a synchronous invocation carries, 6 MB.
  public static final int MAX_BYTES = 6_000_000;

  private static final int MAX_DEPTH = 300;
  private static final int MAX_NAME = 1_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxStringLength(MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .annotationIntrospector(new RequiredUnlessNullable())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static byte[] encode(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a message has a JSON form", e);
    }
  }

  /// @throws MessageException where the bytes are not such a message
  public static <T> T decode(byte[] bytes, Class<T> type) {
    String name = type.getSimpleName();
    if (bytes.length > MAX_BYTES) {
      throw new MessageException(
          "%s of %d bytes is too large: at most %d are read"
              .formatted(name, bytes.length, MAX_BYTES));
    }
    try {
      T message = MAPPER.readValue(bytes, type);
      if (message == null) {
        throw new MessageException(name + " is null");
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new MessageException(name + " cannot be read: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MessageException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Whether a message has a member of this name, as far as it can be read: tells apart the
  /// messages that come through one door.
  public static boolean hasMember(byte[] bytes, String name) {
    try {
      return bytes.length <= MAX_BYTES && MAPPER.readTree(bytes).has(name);
    } catch (IOException e) {
      return false;
    }
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
