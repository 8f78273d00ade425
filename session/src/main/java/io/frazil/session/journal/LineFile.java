package io.frazil.session.journal;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Objects of many lines, each a JSON value small enough to be trusted, of which there may be a
/// hundred thousand. The last line says how many there are, so that one cut short is known.
final class LineFile {
  /// What a line has at most, in bytes.
  static final int LINE_BYTES_MAX = 6_000_000;

  /// What an object has at most: some hundred thousand splits.
  private static final long BYTES_MAX = 1L << 30;

  private static final int BLOCK_BYTES = 4 << 20;

  private LineFile() {}

  /// Writes an object, unless there is one already.
  ///
  /// @return whether it is this one
  static boolean create(ObjectStore store, String location, Iterator<String> lines) {
    try (ObjectWriter writer = store.create(location)) {
      long count = 0;
      for (; lines.hasNext(); count++) {
        write(writer, location, lines.next());
      }
      write(writer, location, end(count));
      return writer.commit();
    }
  }

  /// Hands on each line of an object.
  ///
  /// @throws FrazilException FILE_NOT_FOUND; FILE_CORRUPT where it is too large or cut short
  static void read(ObjectStore store, String location, Consumer<String> lines) {
    try (ObjectReader reader = store.open(location)) {
      long size = reader.info().size();
      if (size > BYTES_MAX) {
        throw corrupt(location, "is too large: %d bytes".formatted(size));
      }
      var splitter = new Splitter(location, lines);
      var block = new byte[(int) Math.min(BLOCK_BYTES, size)];
      for (long position = 0; position < size; position += block.length) {
        int length = (int) Math.min(block.length, size - position);
        reader.read(position, block, 0, length);
        splitter.add(block, length);
      }
      splitter.finish();
    }
  }

  private static void write(ObjectWriter writer, String location, String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LINE_BYTES_MAX) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "'%s' cannot hold a line of %d bytes".formatted(location, bytes.length));
    }
    writer.write(bytes, 0, bytes.length);
  }

  private static String end(long count) {
    return "{\"lines\":%d}".formatted(count);
  }

  private static FrazilException corrupt(String location, String why) {
    return new FrazilException(ErrorCode.FILE_CORRUPT, "'%s' %s".formatted(location, why));
  }

  /// Cuts blocks of bytes into lines, and keeps the last one to itself.
  private static final class Splitter {
    private final String location;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable String last;
    private long count;

    Splitter(String location, Consumer<String> lines) {
      this.location = location;
      this.lines = lines;
    }

    void add(byte[] block, int length) {
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          append(block, start, i);
          endLine();
          start = i + 1;
        }
      }
      append(block, start, length);
    }

    void finish() {
      if (line.size() > 0 || !end(count).equals(last)) {
        throw corrupt(location, "is cut short");
      }
    }

    private void append(byte[] block, int from, int to) {
      if (line.size() + (to - from) > LINE_BYTES_MAX) {
        throw corrupt(location, "has a line of more than %d bytes".formatted(LINE_BYTES_MAX));
      }
      line.write(block, from, to - from);
    }

    private void endLine() {
      if (last != null) {
        lines.accept(last);
        count++;
      }
      last = line.toString(StandardCharsets.UTF_8);
      line.reset();
    }
  }
}
