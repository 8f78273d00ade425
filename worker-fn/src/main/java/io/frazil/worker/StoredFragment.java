package io.frazil.worker;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import java.nio.charset.StandardCharsets;

/// A fragment that is too large for a message.
final class StoredFragment {
  private static final long BYTES_MAX = FragmentJson.MAX_LENGTH;

  private StoredFragment() {}

  static String read(ObjectStore store, String location) {
    try (ObjectReader object = store.open(location)) {
      long size = object.info().size();
      if (size > BYTES_MAX) {
        throw new FrazilException(
            ErrorCode.INVALID_MESSAGE,
            "The fragment '%s' of %d bytes is too large: at most %d are read"
                .formatted(location, size, BYTES_MAX));
      }
      byte[] bytes = new byte[(int) size];
      object.read(0, bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
