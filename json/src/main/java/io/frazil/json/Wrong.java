package io.frazil.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What can be wrong, in words of the JSON rather than of the classes that it becomes.
final class Wrong {
  /// What is told of a value: it may be as long as a message.
  private static final int VALUE_MAX = 60;

  private Wrong() {}

  static JsonFormatException kind(JsonParser in, String expected) {
    return new JsonFormatException(
        "%s has to be %s, not %s".formatted(here(in), expected, kind(in.currentToken())));
  }

  static JsonFormatException choice(JsonParser in, Collection<String> choices, String value) {
    return new JsonFormatException(
        "%s has to be one of %s, not '%s'"
            .formatted(here(in), String.join(", ", choices), shortened(value)));
  }

  static JsonFormatException range(JsonParser in, long least, long most) {
    return new JsonFormatException(
        "%s has to be a whole number from %d to %d".formatted(here(in), least, most));
  }

  static JsonFormatException key(JsonParser in, NumberFormatException cause) {
    return new JsonFormatException(here(in) + " has to be named by a whole number", cause);
  }

  static JsonFormatException isNull(JsonParser in) {
    return new JsonFormatException(here(in) + " may not be null");
  }

  static JsonFormatException twice(JsonParser in) {
    return new JsonFormatException(here(in) + " is there twice");
  }

  static JsonFormatException unknown(JsonParser in, Collection<String> known) {
    return new JsonFormatException(
        "%s is not known: members are %s".formatted(here(in), String.join(", ", known)));
  }

  static JsonFormatException untagged(JsonParser in, String tag) {
    boolean within = in.currentToken() != JsonToken.END_OBJECT;
    JsonStreamContext context = in.getParsingContext();
    String object = place(within ? context.getParent() : context);
    return new JsonFormatException(
        "%s has to begin with '%s', which tells what it is".formatted(quoted(object), tag));
  }

  /// Of a member of the object that the parser is at the end of.
  static JsonFormatException missing(JsonParser in, String member) {
    String object = place(in);
    return new JsonFormatException(
        "'%s%s%s' is missing".formatted(object, object.isEmpty() ? "" : ".", member));
  }

  /// What a record says of its members, in its words.
  static JsonFormatException refused(JsonParser in, Throwable cause) {
    String reason = cause.getMessage() == null ? "it makes no sense" : cause.getMessage();
    String object = place(in);
    return new JsonFormatException(
        object.isEmpty() ? reason : "%s (in '%s')".formatted(reason, object), cause);
  }

  private static String here(JsonParser in) {
    return quoted(place(in));
  }

  private static String quoted(String place) {
    return place.isEmpty() ? "it" : "'" + place + "'";
  }

  private static String place(JsonParser in) {
    return place(in.getParsingContext());
  }

  /// As `plan.keys[3]`.
  private static String place(@Nullable JsonStreamContext innermost) {
    var place = new StringBuilder();
    for (JsonStreamContext at = innermost; at != null; at = at.getParent()) {
      if (at.inObject() && at.hasCurrentName()) {
        boolean first = place.isEmpty() || place.charAt(0) == '[';
        place.insert(0, shortened(at.getCurrentName()) + (first ? "" : "."));
      } else if (at.inArray() && at.hasCurrentIndex()) {
        boolean first = place.isEmpty() || place.charAt(0) == '[';
        place.insert(0, "[" + at.getCurrentIndex() + "]" + (first ? "" : "."));
      }
    }
    return place.toString();
  }

  private static String shortened(String value) {
    return value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX) + "...";
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case FIELD_NAME -> "a member";
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
    };
  }
}
