package io.frazil.iceberg.type;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/// Bounds in the form in which manifests hold them: text cut to 16 characters, as Iceberg does by
/// default, and the zeros of floating point numbers signed so that they bound both.
public final class BoundValues {
  private static final int TEXT_LENGTH = 16;

  private BoundValues() {}

  /// @param value a literal's, or null for none
  public static Optional<ByteBuffer> lower(Type type, @Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case String text -> bytes(type, UnicodeUtil.truncateStringMin(text, TEXT_LENGTH));
      case Double number when number == 0 -> bytes(type, IcebergTypes.icebergValue(-0.0, type));
      default -> bytes(type, IcebergTypes.icebergValue(value, type));
    };
  }

  /// Empty also where no short text is an upper bound.
  public static Optional<ByteBuffer> upper(Type type, @Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case String text -> bytes(type, UnicodeUtil.truncateStringMax(text, TEXT_LENGTH));
      case Double number when number == 0 -> bytes(type, IcebergTypes.icebergValue(0.0, type));
      default -> bytes(type, IcebergTypes.icebergValue(value, type));
    };
  }

  private static Optional<ByteBuffer> bytes(Type type, @Nullable Object value) {
    return value == null ? Optional.empty() : Optional.of(Conversions.toByteBuffer(type, value));
  }
}
