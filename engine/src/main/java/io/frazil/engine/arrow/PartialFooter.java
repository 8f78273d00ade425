package io.frazil.engine.arrow;

import static io.frazil.engine.arrow.PartitionReader.require;

import io.frazil.engine.store.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;

/// The index at the end of an Arrow IPC file: `<footer> <its length> ARROW1`.
final class PartialFooter {
  private static final int TAIL_BYTES = Integer.BYTES + ArrowOutput.MAGIC.length;

  /// Read at once, which has all of most.
  private static final int GUESS_BYTES = 16 << 10;

  /// What millions of record batches need.
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private PartialFooter() {}

  /// What it says beyond where record batches are, by key.
  ///
  /// @throws IOException where the object has none; bad ones may end in any exception
  static Map<String, String> texts(ObjectReader object) throws IOException {
    Footer footer = Footer.getRootAsFooter(bytes(object));
    var texts = new HashMap<String, String>();
    var text = new KeyValue();
    for (int i = 0; i < footer.customMetadataLength(); i++) {
      KeyValue pair = footer.customMetadata(text, i);
      texts.put(pair.key(), pair.value());
    }
    return texts;
  }

  private static ByteBuffer bytes(ObjectReader object) throws IOException {
    long size = object.info().size();
    require(size >= TAIL_BYTES, "it has no end");
    int guess = (int) Math.min(size, GUESS_BYTES);
    byte[] end = new byte[guess];
    object.read(size - guess, end, 0, guess);
    int magic = guess - ArrowOutput.MAGIC.length;
    require(
        Arrays.equals(end, magic, guess, ArrowOutput.MAGIC, 0, ArrowOutput.MAGIC.length),
        "it ends otherwise");
    ByteBuffer buffer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    int length = buffer.getInt(guess - TAIL_BYTES);
    require(
        length > 0 && length <= Math.min(size - TAIL_BYTES, FOOTER_BYTES_MAX),
        "its index has another size");
    if (length <= guess - TAIL_BYTES) {
      return buffer.slice(guess - TAIL_BYTES - length, length).order(ByteOrder.LITTLE_ENDIAN);
    }
    byte[] footer = new byte[length];
    object.read(size - TAIL_BYTES - length, footer, 0, length);
    return ByteBuffer.wrap(footer);
  }
}
