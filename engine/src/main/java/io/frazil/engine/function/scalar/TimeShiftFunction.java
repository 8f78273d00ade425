package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.List;
import java.util.Optional;

/// `date_add_months(time, months)` of a date or a timestamp, whose day becomes the month's last
/// where it has no such day, and `timestamp_add_micros(timestamp, micros)`. The type stays.
record TimeShiftFunction(String name, boolean isMonths) implements ScalarFunction {
  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 2 || !arguments.get(1).isInteger()) {
      return Optional.empty();
    }
    DataType time = arguments.getFirst();
    return (isMonths && time == Types.DATE) || time instanceof DataType.Timestamp
        ? Optional.of(new Signature(List.of(time, Types.BIGINT), time, false))
        : Optional.empty();
  }

  @Override
  public Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  @Override
  public boolean isStrict() {
    return true;
  }

  @Override
  public Body bind(List<Expression> expressions) {
    DataType type = expressions.getFirst().type();
    StrictFunction.WholeRow row =
        type instanceof DataType.Timestamp timestamp
            ? shift(timestamp.unitsPerSecond())
            : (a, p) -> DateFunctions.addMonths(a.whole(0, p), a.whole(1, p));
    return new StrictFunction(name, List.of(type, Types.BIGINT), 2, type, true, row)
        .bind(expressions);
  }

  private StrictFunction.WholeRow shift(long units) {
    return isMonths
        ? (a, p) -> DateFunctions.addMonths(a.whole(0, p), a.whole(1, p), units)
        : (a, p) -> DateFunctions.addMicros(a.whole(0, p), a.whole(1, p), units);
  }
}
