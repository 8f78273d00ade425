package io.frazil.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The one wire format of all messages: JSON, strict in what it reads. A member that no record
/// knows is an error, as is anything behind the end, and every size is bounded before it is
/// trusted. So is a member that is there twice, of which readers differ on the one that counts, and
/// text that is no Unicode.
public final class Json {
  /// The largest message: what a synchronous invocation carries, 6 MB.
  public static final int MAX_BYTES = 6_000_000;

  private static final int MAX_DEPTH = 300;
  private static final int MAX_NAME = 1_000;

  /// What is told of a reason: it may repeat parts of the message.
  private static final int MAX_REASON = 500;

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
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          // Four bytes a character beyond the first 65,536, rather than twelve.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .annotationIntrospector(new RequiredUnlessNullable())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static byte[] encode(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonGenerationException e) {
      // Half of a character, from an error that repeats what somebody sent: it becomes `?`.
      return text(message).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a message has a JSON form", e);
    }
  }

  private static String text(Object message) {
    try {
      return MAPPER.writeValueAsString(message);
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
    if (!isText(bytes)) {
      throw new MessageException(name + " cannot be read: it is not text in UTF-8");
    }
    try {
      T message = MAPPER.readValue(bytes, type);
      if (message == null) {
        throw new MessageException(name + " is null");
      }
      return message;
    } catch (IOException e) {
      throw new MessageException(name + " cannot be read: " + reason(e), e);
    }
  }

  private static boolean isText(byte[] bytes) {
    try {
      // A decoder that was not told otherwise reports what is malformed.
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// What is wrong, in words of the message rather than of the classes that it becomes.
  private static String reason(IOException e) {
    String reason =
        switch (e) {
          case ValueInstantiationException v when v.getCause() != null -> v.getCause().getMessage();
          case UnrecognizedPropertyException u ->
              "Unrecognized field \"" + u.getPropertyName() + "\"";
          case MismatchedInputException m when m.getOriginalMessage().startsWith("Trailing ") ->
              "Trailing token behind its end";
          case MismatchedInputException m when m.getOriginalMessage().startsWith("Cannot ") ->
              "%s is not of the kind that is expected there".formatted(place(m));
          case JsonProcessingException j -> j.getOriginalMessage();
          default -> e.getMessage();
        };
    String text = String.valueOf(reason);
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "...";
  }

  /// As `parameters[3]`.
  private static String place(MismatchedInputException e) {
    var place = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return place.isEmpty() ? "the message" : place.toString();
  }

  /// The names of a message's members, none where it cannot be read to its end: tells apart the
  /// messages that come through one door. Nothing is kept of their values.
  public static Set<String> members(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Set.of();
    }
    var names = new HashSet<String>();
    try (JsonParser in = MAPPER.getFactory().createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Set.of();
      }
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        names.add(name);
        in.nextToken();
        in.skipChildren();
      }
      boolean whole = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
      return whole ? Set.copyOf(names) : Set.of();
    } catch (IOException e) {
      return Set.of();
    }
  }

  /// Whether all characters of a text are whole, and so have a form in UTF-8.
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
