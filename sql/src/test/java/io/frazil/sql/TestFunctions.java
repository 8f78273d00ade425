package io.frazil.sql;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.AggregateFunction.Nulls;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Signatures of the functions that planning needs, without what computes them.
final class TestFunctions {
  static final FunctionRegistry REGISTRY = registry();

  private TestFunctions() {}

  private static FunctionRegistry registry() {
    FunctionRegistry registry = FunctionRegistry.empty();
    for (String name : List.of("upper", "lower", "trim", "ltrim", "rtrim")) {
      registry = registry.with(scalar(name, a -> texts(a, 1, 2, Types.VARCHAR)));
    }
    for (String name : List.of("like", "ilike")) {
      registry = registry.with(scalar(name, a -> texts(a, 2, 3, Types.BOOLEAN)));
    }
    registry = registry.with(scalar("concat_operator", a -> texts(a, 2, 2, Types.VARCHAR)));
    registry = registry.with(scalar("strpos", a -> texts(a, 2, 2, Types.INTEGER)));
    registry = registry.with(scalar("length", a -> texts(a, 1, 1, Types.INTEGER)));
    registry =
        registry.with(
            scalar(
                "single_row",
                a -> Optional.of(new ScalarFunction.Signature(a, a.getFirst(), true))));
    registry = registry.with(scalar("substring", TestFunctions::substring));
    registry = registry.with(scalar("abs", a -> fixed(a, a.getFirst(), a.getFirst())));
    registry = registry.with(scalar("sqrt", a -> fixed(a, Types.DOUBLE, Types.DOUBLE)));
    registry =
        registry.with(scalar("date_part", a -> fixed(a, Types.DOUBLE, Types.VARCHAR, a.getLast())));
    registry =
        registry.with(
            scalar("date_add_months", a -> fixed(a, a.getFirst(), a.getFirst(), Types.INTEGER)));
    registry =
        registry.with(scalar("date_add_days", a -> fixed(a, Types.DATE, Types.DATE, Types.BIGINT)));
    registry =
        registry.with(
            scalar(
                "timestamp_add_micros", a -> fixed(a, a.getFirst(), a.getFirst(), Types.BIGINT)));
    registry =
        registry.with(
            scalar("date_diff_days", a -> fixed(a, Types.BIGINT, Types.DATE, Types.DATE)));
    registry = registry.with(aggregate("count", TestFunctions::count));
    registry = registry.with(aggregate("sum", a -> number(a, TestFunctions::sum)));
    registry =
        registry.with(
            aggregate(
                "stddev_samp",
                a ->
                    Optional.of(
                        new AggregateFunction.Signature(
                            List.of(Types.DOUBLE), Types.DOUBLE, Nulls.WITH_VALUES, List.of()))));
    registry = registry.with(aggregate("avg", a -> number(a, TestFunctions::average)));
    for (String name : List.of("min", "max", "single_value", "any_value")) {
      registry = registry.with(aggregate(name, a -> number(a, t -> t)));
    }
    return registry;
  }

  private static Optional<ScalarFunction.Signature> texts(
      List<DataType> arguments, int least, int most, DataType result) {
    boolean fits =
        arguments.size() >= least
            && arguments.size() <= most
            && arguments.stream().allMatch(a -> a == Types.VARCHAR);
    return fits
        ? Optional.of(new ScalarFunction.Signature(arguments, result, false))
        : Optional.empty();
  }

  private static Optional<ScalarFunction.Signature> substring(List<DataType> arguments) {
    List<DataType> wanted = List.of(Types.VARCHAR, Types.BIGINT, Types.BIGINT);
    boolean fits =
        arguments.size() >= 2
            && arguments.size() <= 3
            && arguments.getFirst() == Types.VARCHAR
            && arguments.stream().skip(1).allMatch(DataType::isInteger);
    return fits
        ? Optional.of(
            new ScalarFunction.Signature(wanted.subList(0, arguments.size()), Types.VARCHAR, false))
        : Optional.empty();
  }

  private static Optional<ScalarFunction.Signature> fixed(
      List<DataType> arguments, DataType result, DataType... wanted) {
    boolean fits = arguments.size() == wanted.length;
    for (int i = 0; fits && i < wanted.length; i++) {
      fits = arguments.get(i).isNumeric() == wanted[i].isNumeric();
    }
    return fits
        ? Optional.of(new ScalarFunction.Signature(List.of(wanted), result, false))
        : Optional.empty();
  }

  private static Optional<AggregateFunction.Signature> count(List<DataType> arguments) {
    var state = List.of(new Field("count", Types.BIGINT, false));
    return Optional.of(
        new AggregateFunction.Signature(arguments, Types.BIGINT, Nulls.NEVER, state));
  }

  private static Optional<AggregateFunction.Signature> number(
      List<DataType> arguments, Function<DataType, DataType> result) {
    if (arguments.size() != 1) {
      return Optional.empty();
    }
    DataType type = result.apply(arguments.getFirst());
    var state = Collections.nCopies(1, new Field("state", type, true));
    return Optional.of(
        new AggregateFunction.Signature(arguments, type, Nulls.WITHOUT_VALUES, state));
  }

  private static DataType sum(DataType type) {
    return type instanceof DataType.Decimal decimal
        ? DecimalTypes.sum(decimal)
        : type.isInteger() ? Types.BIGINT : Types.DOUBLE;
  }

  private static DataType average(DataType type) {
    return type instanceof DataType.Decimal decimal ? DecimalTypes.average(decimal) : Types.DOUBLE;
  }

  static ScalarFunction scalar(
      String name, Function<List<DataType>, Optional<ScalarFunction.Signature>> resolve) {
    return new ScalarFunction() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<Signature> resolve(List<DataType> arguments) {
        return arguments.isEmpty() ? Optional.empty() : resolve.apply(arguments);
      }

      @Override
      public Volatility volatility() {
        return Volatility.IMMUTABLE;
      }

      @Override
      public Body bind(List<Expression> arguments) {
        throw new UnsupportedOperationException("only planned");
      }
    };
  }

  private static AggregateFunction aggregate(
      String name, Function<List<DataType>, Optional<AggregateFunction.Signature>> resolve) {
    return new AggregateFunction() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<Signature> resolve(List<DataType> arguments) {
        return resolve.apply(arguments);
      }

      @Override
      public Accumulator accumulator(List<DataType> arguments) {
        throw new UnsupportedOperationException("only planned");
      }
    };
  }
}
