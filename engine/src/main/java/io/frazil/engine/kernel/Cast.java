package io.frazil.engine.kernel;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Converts vectors from one type to another: numbers, texts, dates and timestamps, as
/// `docs/decisions/0003-casts.md` says. One thread's; a result is valid until the next.
public abstract class Cast {
  final DataType from;
  final DataType to;
  final Scratch scratch = new Scratch();
  private final OnError onError;
  private long @Nullable [] validity;
  private boolean isCopied;

  Cast(DataType from, DataType to, OnError onError) {
    this.from = from;
    this.to = to;
    this.onError = onError;
  }

  /// @throws FrazilException TYPE_MISMATCH where there is no such cast
  public static Cast of(DataType from, DataType to, OnError onError) {
    if (!exists(from, to)) {
      throw new FrazilException(
          ErrorCode.TYPE_MISMATCH, "Cannot cast %s to %s".formatted(from.text(), to.text()));
    }
    return switch (to) {
      case DataType.Simple.BOOLEAN -> new CastToBoolean(from, onError);
      case DataType.Simple.TINYINT,
          DataType.Simple.SMALLINT,
          DataType.Simple.INTEGER,
          DataType.Simple.BIGINT ->
          new CastToInteger(from, to, onError);
      case DataType.Simple.REAL, DataType.Simple.DOUBLE -> new CastToDouble(from, to, onError);
      case DataType.Simple.VARCHAR -> new CastToText(from, onError);
      case DataType.Simple.DATE -> new CastToTime(from, to, onError);
      case DataType.Timestamp _ -> new CastToTime(from, to, onError);
      case DataType.Decimal decimal -> new CastToDecimal(from, decimal, onError);
    };
  }

  /// Whether values of one type can be cast to another.
  public static boolean exists(DataType from, DataType to) {
    if (from.equals(to) || from == DataType.Simple.VARCHAR || to == DataType.Simple.VARCHAR) {
      return true;
    }
    boolean isFromTime = isTime(from);
    return isFromTime == isTime(to);
  }

  private static boolean isTime(DataType type) {
    return type == DataType.Simple.DATE || type instanceof DataType.Timestamp;
  }

  /// Whether some value of `from` is no value of `to`. `true` is not a promise.
  public static boolean canFail(DataType from, DataType to) {
    if (from.equals(to) || to == DataType.Simple.VARCHAR) {
      return false;
    }
    return switch (from) {
      case DataType.Simple.VARCHAR -> true;
      case DataType.Simple.BOOLEAN -> to instanceof DataType.Decimal;
      case DataType.Decimal(int precision, int scale) ->
          to instanceof DataType.Decimal(int p, int s)
              ? p - s < precision - scale || s < scale
              : to.isInteger();
      case DataType.Simple _ when from.isInteger() ->
          switch (to) {
            case DataType.Decimal(int p, int s) -> p - s < 19;
            case DataType.Simple _, DataType.Timestamp _ ->
                to.isInteger() && Integers.max(to) < Integers.max(from);
          };
      case DataType.Simple.DATE -> true;
      case DataType.Simple _ -> to.isInteger() || to instanceof DataType.Decimal;
      case DataType.Timestamp(int precision, boolean _) ->
          to instanceof DataType.Timestamp(int p, boolean _) && p > precision;
    };
  }

  /// The live rows of a vector without a dictionary, converted.
  public final Vector apply(Vector flat, Rows rows) {
    validity = flat.validity();
    isCopied = false;
    return convert(flat, Positions.of(rows, flat.validity()));
  }

  abstract Vector convert(Vector flat, Positions rows);

  /// Which rows are not null so far, those that failed among them.
  final long @Nullable [] validity() {
    return validity;
  }

  /// There is no value for this row: an error, or null.
  private void fail(int row, int length, Object value, String reason) {
    if (onError == OnError.FAIL) {
      throw new FrazilException(
          ErrorCode.INVALID_CAST, "Cannot cast %s to %s%s".formatted(value, to.text(), reason));
    }
    long[] own = validity;
    if (own == null || !isCopied) {
      own = own == null ? Bitmap.allSet(length) : own.clone();
      validity = own;
      isCopied = true;
    }
    Bitmap.clear(own, row);
  }

  /// A value as messages name it.
  static String text(Vector vector, int row) {
    var text = new TextBuffer();
    ValueText.of(vector).append(row, text);
    return text.toString();
  }

  /// The value has no place in the type.
  final void failOutOfRange(int row, int length, Object value) {
    fail(row, length, value, ": out of range");
  }

  /// The text is a number or a time, but has no place in the type.
  final void failTextOutOfRange(int row, int length, String text) {
    fail(row, length, "'" + text + "'", ": out of range");
  }

  /// The text is none of the type.
  final void failToParse(int row, int length, String text) {
    fail(row, length, "'" + text + "'", "");
  }
}
