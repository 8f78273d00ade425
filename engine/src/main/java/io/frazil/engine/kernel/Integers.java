package io.frazil.engine.kernel;

import io.frazil.engine.type.DataType;

/// The ranges of the integer types.
public final class Integers {
  private Integers() {}

  public static long min(DataType type) {
    return -max(type) - 1;
  }

  public static long max(DataType type) {
    return switch (type) {
      case DataType.Simple.TINYINT -> Byte.MAX_VALUE;
      case DataType.Simple.SMALLINT -> Short.MAX_VALUE;
      case DataType.Simple.INTEGER, DataType.Simple.DATE -> Integer.MAX_VALUE;
      case DataType.Simple _, DataType.Decimal _, DataType.Timestamp _ -> Long.MAX_VALUE;
    };
  }
}
