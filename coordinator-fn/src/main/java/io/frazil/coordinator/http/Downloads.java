package io.frazil.coordinator.http;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.result.ResultEncoder;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.events.ResultLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Whole results as objects that can be fetched from where they lie. A format other than Arrow is
/// written when it is first asked for, beside the Arrow file, and stays as long.
final class Downloads {
  private static final Duration LASTING = Duration.ofMinutes(15);

  /// What is turned into another format within a request; it passes through memory in pieces.
  private static final long CONVERTED_BYTES_MAX = 512L << 20;

  private static final long PIECES_BYTES = 256L << 20;
  private static final String ARROW = ".arrow";

  private final ObjectStore store;
  private final ObjectLinks links;
  private final InstantSource clock;

  Downloads(ObjectStore store, ObjectLinks links, InstantSource clock) {
    this.store = store;
    this.links = links;
    this.clock = clock;
  }

  /// @param output where the result lies as an Arrow IPC file
  ResultLocation of(String query, String output, DownloadFormat format) {
    ObjectInfo object =
        switch (format) {
          case ARROW -> store.head(output);
          case PARQUET, CSV -> converted(output, format);
        };
    Instant expires = clock.instant().plus(LASTING).truncatedTo(ChronoUnit.SECONDS);
    return new ResultLocation(
        query,
        format.toString(),
        links.link(object.location(), LASTING),
        object.size(),
        expires.toString());
  }

  private ObjectInfo converted(String output, DownloadFormat format) {
    String location = output.substring(0, output.length() - ARROW.length()) + "." + format;
    try {
      return store.head(location);
    } catch (FrazilException e) {
      if (e.code() != ErrorCode.FILE_NOT_FOUND) {
        throw e;
      }
    }
    convert(output, location, format);
    return store.head(location);
  }

  private void convert(String output, String location, DownloadFormat format) {
    long bytes = store.head(output).size();
    if (bytes > CONVERTED_BYTES_MAX) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "The result has %d bytes: above %d it comes as arrow alone"
              .formatted(bytes, CONVERTED_BYTES_MAX));
    }
    var memory = new MemoryPool(PIECES_BYTES);
    try (var rows = ArrowBatchReader.ofFile(store.open(output), memory);
        ObjectWriter object = store.create(location)) {
      long _ =
          ResultEncoder.encode(
              rows, rows.schema(), format.encoding(), new ObjectOutput(object), memory);
      // Where another was quicker, its object holds the same rows.
      boolean _ = object.commit();
    }
  }
}
