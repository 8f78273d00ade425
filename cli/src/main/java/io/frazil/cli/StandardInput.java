package io.frazil.cli;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A script that is piped in.
final class StandardInput {
  /// Longer than any script that a person or a program writes.
  private static final int MAX_BYTES = 16 << 20;

  private StandardInput() {}

  static String text() {
    try {
      byte[] bytes = System.in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT, "the script on standard input is longer than 16 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "standard input is not a text in UTF-8", e);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
