package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A record is an object with a member for each component, none where it is null. Every member has
/// to be there, unless its component is `@Nullable` or the codec takes absent lists as empty.
final class RecordForm extends MembersForm {
  private final Class<?> type;
  private final Forms forms;
  private volatile @Nullable Shape shape;

  RecordForm(Class<?> type, Forms forms) {
    this.type = type;
    this.forms = forms;
  }

  private record Member(String name, int position, Method accessor, Slot slot) {}

  private record Shape(Constructor<?> constructor, Map<String, Member> members, boolean isLenient) {
    static Shape of(Class<?> type, Forms forms) {
      RecordComponent[] components = type.getRecordComponents();
      var members = new LinkedHashMap<String, Member>();
      var types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        RecordComponent component = components[i];
        types[i] = component.getType();
        JsonName named = component.getAnnotation(JsonName.class);
        String name = named == null ? component.getName() : named.value();
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        members.put(name, new Member(name, i, accessor, forms.slot(component.getAnnotatedType())));
      }
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(constructor, members, passesOver(type));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("a record has a constructor of its components", e);
      }
    }
  }

  private static boolean passesOver(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      if (at.isAnnotationPresent(Lenient.class)) {
        return true;
      }
    }
    return false;
  }

  /// Records hold each other: the members' forms are found when they are first needed.
  private Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = Shape.of(type, forms);
      shape = known;
    }
    return known;
  }

  @Override
  Object readMembers(JsonParser in) throws IOException {
    Shape known = shape();
    var values = new @Nullable Object[known.members.size()];
    var seen = new boolean[values.length];
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      Member member = known.members.get(name);
      if (member == null) {
        if (!known.isLenient) {
          throw Wrong.unknown(in, known.members.keySet());
        }
        in.nextToken();
        in.skipChildren();
        continue;
      }
      if (seen[member.position]) {
        throw Wrong.twice(in);
      }
      seen[member.position] = true;
      in.nextToken();
      values[member.position] = read(member.slot, in);
    }
    for (Member member : known.members.values()) {
      if (!seen[member.position] && !member.slot.isNullable()) {
        values[member.position] = absent(member, in);
      }
    }
    return made(known.constructor, values, in);
  }

  private @Nullable Object read(Slot slot, JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL && !slot.isNullable()) {
      Object empty = forms.empty(slot);
      if (empty != null) {
        return empty;
      }
    }
    return slot.read(in);
  }

  private Object absent(Member member, JsonParser in) {
    Object empty = forms.empty(member.slot);
    if (empty == null) {
      throw Wrong.missing(in, member.name);
    }
    return empty;
  }

  private static Object made(Constructor<?> constructor, @Nullable Object[] values, JsonParser in) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof Error error) {
        throw error;
      }
      throw Wrong.refused(in, cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " can be called", e);
    }
  }

  @Override
  void writeMembers(Object value, JsonGenerator out) throws IOException {
    for (Member member : shape().members.values()) {
      Object held = held(member.accessor, value);
      if (held != null) {
        out.writeFieldName(member.name);
        member.slot.form().write(held, out);
      }
    }
  }

  private static @Nullable Object held(Method accessor, Object value) {
    try {
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(accessor + " can be called", e);
    }
  }
}
