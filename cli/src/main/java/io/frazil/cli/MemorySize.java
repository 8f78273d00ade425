package io.frazil.cli;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sizes such as `512MB`. The launcher has sized the JVM by it before this process began; here it
/// is only checked, so that a wrong one is said rather than passed over.
final class MemorySize {
  private static final Pattern SIZE =
      Pattern.compile("\\d+(\\.\\d+)?([kmgt](i?b)?)", Pattern.CASE_INSENSITIVE);

  private MemorySize() {}

  /// @throws FrazilException INVALID_ARGUMENT where it is no size
  static void check(@Nullable String size) {
    if (size != null && !SIZE.matcher(size).matches()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "--memory takes a size such as 512MB or 2GB, not '" + size + "'");
    }
  }
}
