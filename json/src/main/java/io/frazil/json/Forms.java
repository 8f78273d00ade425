package io.frazil.json;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The forms of all types that a codec has met.
final class Forms {
  private final Map<Class<?>, Form> byType = new ConcurrentHashMap<>();
  private final Map<Class<?>, MembersForm> members = new ConcurrentHashMap<>();
  private final boolean absentIsEmpty;
  private final Form any = new AnyForm(this);
  private final Form list = new ListForm(new Slot(any, true));
  private final Form map = new MapForm(false, new Slot(any, true));

  /// @param absentIsEmpty whether a list or map that is not there, or null, is taken as empty
  Forms(boolean absentIsEmpty) {
    this.absentIsEmpty = absentIsEmpty;
    put(ScalarForm.Kind.TEXT, String.class);
    put(ScalarForm.Kind.BOOLEAN, boolean.class, Boolean.class);
    put(ScalarForm.Kind.INT, int.class, Integer.class);
    put(ScalarForm.Kind.LONG, long.class, Long.class);
    put(ScalarForm.Kind.DOUBLE, double.class, Double.class);
    put(ScalarForm.Kind.DECIMAL, BigDecimal.class);
    byType.put(Object.class, any);
    byType.put(JsonText.class, TextForm.INSTANCE);
  }

  private void put(ScalarForm.Kind kind, Class<?>... types) {
    Form form = new ScalarForm(kind);
    for (Class<?> type : types) {
      byType.put(type, form);
    }
  }

  void put(Class<?> type, Form form) {
    byType.put(type, form);
  }

  /// Where the members of a record come from another type.
  void put(Class<?> type, MembersForm form) {
    members.put(type, form);
  }

  /// What stands for a value that is not there; null where it has to be.
  @Nullable Object empty(Slot slot) {
    return absentIsEmpty ? slot.form().empty() : null;
  }

  Slot slot(AnnotatedType declared) {
    return new Slot(of(declared), declared.isAnnotationPresent(Nullable.class));
  }

  private Form of(AnnotatedType declared) {
    if (declared instanceof AnnotatedParameterizedType generic
        && generic.getType() instanceof java.lang.reflect.ParameterizedType type) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      if (type.getRawType() == List.class) {
        return new ListForm(slot(arguments[0]));
      }
      if (type.getRawType() == Map.class) {
        return new MapForm(arguments[0].getType() == Integer.class, slot(arguments[1]));
      }
    }
    if (declared.getType() instanceof Class<?> type) {
      return of(type);
    }
    throw new IllegalArgumentException(declared + " has no JSON form");
  }

  /// By a value's class.
  Form of(Object value) {
    if (value instanceof List) {
      return list;
    }
    if (value instanceof Map) {
      return map;
    }
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    if (type == Object.class) {
      throw new IllegalArgumentException("an object of no class has no JSON form");
    }
    return of(type);
  }

  Form of(Class<?> type) {
    Form known = byType.get(type);
    if (known == null) {
      known = form(type);
      byType.put(type, known);
    }
    return known;
  }

  private Form form(Class<?> type) {
    if (type.isEnum()) {
      return new EnumForm(type);
    }
    if (type.isSealed()) {
      return new TaggedForm(records(type), this);
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " has no JSON form");
    }
    for (Class<?> implemented : type.getInterfaces()) {
      if (implemented.isSealed()) {
        return new TaggedForm(List.of(type), this);
      }
    }
    return members(type);
  }

  private static List<Class<?>> records(Class<?> sealed) {
    var records = new ArrayList<Class<?>>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        records.add(permitted);
      }
    }
    return records;
  }

  /// The form of a record's members, whatever stands before them.
  MembersForm members(Class<?> type) {
    MembersForm known = members.get(type);
    if (known == null) {
      known = new RecordForm(type, this);
      members.put(type, known);
    }
    return known;
  }
}
