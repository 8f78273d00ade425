package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.TextBuilder;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// A function with fixed parameters that is computed row by row, null where an argument is.
///
/// @param required how many of the parameters a call needs
record StrictFunction(
    String name, List<DataType> parameters, int required, DataType result, boolean canFail, Row row)
    implements ScalarFunction {

  /// How a row is computed.
  sealed interface Row permits WholeRow, TextRow, ViewRow {}

  /// To an integer, or a boolean as 0 or 1.
  @FunctionalInterface
  non-sealed interface WholeRow extends Row {
    long compute(Arguments arguments, int row);
  }

  /// To a text that is appended.
  @FunctionalInterface
  non-sealed interface TextRow extends Row {
    void append(Arguments arguments, int row, TextBuilder out);
  }

  /// To a part of the first argument: `value` is narrowed, and no bytes move.
  @FunctionalInterface
  non-sealed interface ViewRow extends Row {
    void narrow(Slice value, Arguments arguments, int row);
  }

  /// The same by another name.
  StrictFunction as(String alias) {
    return new StrictFunction(alias, parameters, required, result, canFail, row);
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return Parameters.withOptional(arguments, parameters, required, result);
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
  public boolean canFail(List<Expression> arguments) {
    return canFail;
  }

  @Override
  public Body bind(List<Expression> expressions) {
    var arguments = new Arguments(expressions.size());
    return switch (row) {
      case WholeRow whole -> wholes(arguments, whole);
      case TextRow text -> texts(arguments, text);
      case ViewRow view -> views(arguments, view);
    };
  }

  private Body wholes(Arguments arguments, WholeRow function) {
    var scratch = new Scratch();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      long[] out = scratch.longs(rows.length());
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        out[p] = live.isNull(p) ? 0 : function.compute(arguments, p);
      }
      return whole(out, live, rows, scratch);
    };
  }

  private Vector whole(long[] values, Positions live, Rows rows, Scratch scratch) {
    int length = rows.length();
    if (result.physical() == PhysicalType.LONG) {
      return new LongVector(result, values, length, live.validity());
    }
    if (result == Types.BOOLEAN) {
      byte[] out = scratch.bytes(length);
      for (int i = 0; i < live.count(); i++) {
        out[live.at(i)] = (byte) values[live.at(i)];
      }
      return new BooleanVector(result, out, length, live.validity());
    }
    int[] out = scratch.ints(length);
    for (int i = 0; i < live.count(); i++) {
      out[live.at(i)] = (int) values[live.at(i)];
    }
    return new IntVector(result, out, length, live.validity());
  }

  private static Body texts(Arguments arguments, TextRow function) {
    var out = new TextBuilder();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      out.start(rows.length());
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        if (live.isNull(p)) {
          out.endNull(p);
        } else {
          function.append(arguments, p, out);
          out.end(p);
        }
      }
      return out.vector(arguments.validity());
    };
  }

  private static Body views(Arguments arguments, ViewRow function) {
    var scratch = new Scratch();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      int[] starts = scratch.ints(rows.length());
      int[] lengths = scratch.moreInts(rows.length());
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        if (live.isNull(p)) {
          starts[p] = 0;
          lengths[p] = 0;
        } else {
          Slice value = arguments.text(0, p);
          function.narrow(value, arguments, p);
          starts[p] = value.start();
          lengths[p] = value.length();
        }
      }
      byte[] bytes = ((StringVector) arguments.vector(0)).bytes();
      return new StringVector(
          Types.VARCHAR, bytes, starts, lengths, rows.length(), arguments.validity());
    };
  }
}
