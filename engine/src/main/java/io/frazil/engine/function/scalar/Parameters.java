package io.frazil.engine.function.scalar;

import io.frazil.engine.function.ScalarFunction.Signature;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How functions find their signature: which types an argument is cast to.
final class Parameters {
  private Parameters() {}

  /// A call with exactly these parameters, each taking what casts to it without asking.
  static Optional<Signature> exactly(
      List<DataType> arguments, List<DataType> parameters, DataType result) {
    return withOptional(arguments, parameters, parameters.size(), result);
  }

  /// A call with at least the first `required` of these parameters.
  static Optional<Signature> withOptional(
      List<DataType> arguments, List<DataType> parameters, int required, DataType result) {
    if (arguments.size() < required || arguments.size() > parameters.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (!accepts(parameters.get(i), arguments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Signature(parameters.subList(0, arguments.size()), result, false));
  }

  private static boolean accepts(DataType parameter, DataType argument) {
    if (parameter.equals(argument)) {
      return true;
    }
    if (parameter.isInteger()) {
      return argument.isInteger() && argument.physical().compareTo(parameter.physical()) <= 0;
    }
    return parameter == Types.DOUBLE && argument.isNumeric();
  }

  /// The type that values of all these are compared in; empty where there is none.
  static Optional<DataType> common(List<DataType> types) {
    Optional<DataType> common = Optional.of(types.getFirst());
    for (DataType type : types) {
      common = common.flatMap(c -> common(c, type));
    }
    return common;
  }

  private static Optional<DataType> common(DataType a, DataType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    if (a.isNumeric() && b.isNumeric()) {
      if (a.isFloating() || b.isFloating()) {
        return Optional.of(Types.DOUBLE);
      }
      if (a.isInteger() && b.isInteger()) {
        List<DataType> widths = List.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);
        return Optional.of(widths.get(Math.max(widths.indexOf(a), widths.indexOf(b))));
      }
      return Optional.of(DecimalTypes.common(DecimalTypes.of(a), DecimalTypes.of(b)));
    }
    if (a == Types.DATE && b instanceof DataType.Timestamp) {
      return Optional.of(b);
    }
    return b == Types.DATE && a instanceof DataType.Timestamp ? Optional.of(a) : Optional.empty();
  }

  /// `count` times the same.
  static List<DataType> repeat(DataType type, int count) {
    var types = new ArrayList<DataType>();
    for (int i = 0; i < count; i++) {
      types.add(type);
    }
    return types;
  }
}
