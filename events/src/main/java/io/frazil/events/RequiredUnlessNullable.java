package io.frazil.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record's own `@Nullable` says which members a message may leave out or have null: those alone,
/// and lists and maps, which are then empty.
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return member instanceof AnnotatedParameter parameter
        ? !isNullable(parameter) && !isContainer(parameter)
        : super.hasRequiredMarker(member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter && !isNullable(parameter)) {
      return JsonSetter.Value.forValueNulls(isContainer(parameter) ? Nulls.AS_EMPTY : Nulls.FAIL);
    }
    return super.findSetterInfo(annotated);
  }

  private static boolean isNullable(AnnotatedParameter parameter) {
    AnnotatedType[] types =
        parameter.getOwner().getMember() instanceof Executable executable
            ? executable.getAnnotatedParameterTypes()
            : new AnnotatedType[0];
    int index = parameter.getIndex();
    return index < types.length && types[index].isAnnotationPresent(Nullable.class);
  }

  private static boolean isContainer(AnnotatedParameter parameter) {
    Class<?> type = parameter.getRawType();
    return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
  }
}
