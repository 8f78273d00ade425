package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Calendar;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `date_part(field, time)`, a BIGINT, and `date_trunc(field, time)`, of the time's own type. A
/// date has no parts shorter than a day: they are 0, and cutting them off changes nothing.
record DateFunction(String name, boolean truncates) implements ScalarFunction {
  static List<ScalarFunction> all() {
    return List.of(
        new DateFunction("date_part", false),
        new DateFunction("datepart", false),
        new DateFunction("date_trunc", true),
        new DateFunction("datetrunc", true));
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 2 || arguments.get(0) != Types.VARCHAR) {
      return Optional.empty();
    }
    DataType time = arguments.get(1);
    return time == Types.DATE || time instanceof DataType.Timestamp
        ? Optional.of(new Signature(arguments, truncates ? time : Types.BIGINT, false))
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

  /// For an unknown field, which a literal shows when it is bound.
  @Override
  public boolean canFail(List<Expression> arguments) {
    return truncates || !(arguments.getFirst() instanceof Literal);
  }

  @Override
  public Body bind(List<Expression> expressions) {
    DataType type = expressions.get(1).type();
    var arguments = new Arguments(2);
    var scratch = new Scratch();
    var fields = new Fields();
    if (expressions.getFirst() instanceof Literal(Object value, var _) && value != null) {
      fields.take((String) value);
      fields.isYear = fields.last == DateField.YEAR;
    }
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      long[] out = scratch.longs(rows.length());
      if (fields.isYear && !truncates && arguments.vector(1) instanceof IntVector days) {
        Calendar.years(days.values(), live, out);
        return new LongVector(Types.BIGINT, out, rows.length(), live.validity());
      }
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        out[p] = live.isNull(p) ? 0 : compute(fields.at(arguments, p), arguments.whole(1, p), type);
      }
      return truncates && type.physical() == PhysicalType.INT
          ? dates(out, live, scratch.ints(rows.length()), rows.length())
          : new LongVector(truncates ? type : Types.BIGINT, out, rows.length(), live.validity());
    };
  }

  private long compute(DateField field, long value, DataType type) {
    if (type instanceof DataType.Timestamp timestamp) {
      long units = timestamp.unitsPerSecond();
      return truncates ? field.truncate(value, units) : field.part(value, units);
    }
    return truncates ? field.truncateDay(value) : field.ofDay(value);
  }

  private static Vector dates(long[] days, Positions live, int[] out, int length) {
    for (int i = 0; i < live.count(); i++) {
      int p = live.at(i);
      if (days[p] < Integer.MIN_VALUE) {
        throw new FrazilException(ErrorCode.NUMERIC_OVERFLOW, "The date is out of range");
      }
      out[p] = (int) days[p];
    }
    return new IntVector(Types.DATE, out, length, live.validity());
  }

  /// The field of a row, which is nearly always that of the row before.
  private static final class Fields {
    private byte[] lastName = {};
    private DateField last = DateField.YEAR;

    /// Whether all rows want the year.
    private boolean isYear;

    void take(String name) {
      last = DateField.of(name);
      lastName = name.getBytes(StandardCharsets.UTF_8);
    }

    DateField at(Arguments arguments, int row) {
      var names = (StringVector) arguments.vector(0);
      int start = names.starts()[row];
      int end = start + names.lengths()[row];
      if (!Arrays.equals(names.bytes(), start, end, lastName, 0, lastName.length)) {
        take(names.text(row));
      }
      return last;
    }
  }
}
