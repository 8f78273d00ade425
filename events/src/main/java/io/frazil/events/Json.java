package io.frazil.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.frazil.json.JsonCodec;
import io.frazil.json.JsonFormatException;
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

  /// A plan's, and what is around it.
  private static final int MAX_DEPTH = 550;

  /// What is told of a reason: it may repeat parts of the message.
  private static final int MAX_REASON = 500;

  private static final JsonFactory FACTORY = new JsonFactory();

  private static final JsonCodec CODEC =
      JsonCodec.builder()
          .lengthMax(MAX_BYTES)
          .stringMax(MAX_BYTES)
          .depthMax(MAX_DEPTH)
          .absentIsEmpty()
          .build();

  private Json() {}

  public static byte[] encode(Object message) {
    return CODEC.bytes(message);
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
      return CODEC.read(bytes, type);
    } catch (JsonFormatException e) {
      throw new MessageException(
          name + " cannot be read: " + shortened(String.valueOf(e.getMessage())), e);
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

  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "...";
  }

  /// The names of a message's members, none where it cannot be read to its end: tells apart the
  /// messages that come through one door. Nothing is kept of their values.
  public static Set<String> members(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Set.of();
    }
    var names = new HashSet<String>();
    try (JsonParser in = FACTORY.createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Set.of();
      }
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        if (!names.add(name)) {
          return Set.of();
        }
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
