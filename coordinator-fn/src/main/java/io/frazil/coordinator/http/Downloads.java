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
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.ResultLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Whole results as objects that can be fetched from where they lie. A format other than Arrow is
/// written when it is first asked for, beside the Arrow file, and stays as long.
final class Downloads {
  private static final Duration LASTING = Duration.ofMinutes(15);

  /// How long a result is turned into another format within a request, which has to be answered.
  private static final Duration CONVERTING_MAX = Duration.ofSeconds(20);

  /// What of a result is in memory while it passes from one object to the other.
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
    ObjectLinks.Link link = links.link(object.location(), LASTING);
    return new ResultLocation(
        query,
        format.toString(),
        link.address(),
        object.size(),
        link.end().truncatedTo(ChronoUnit.SECONDS).toString());
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
    Instant end = clock.instant().plus(CONVERTING_MAX);
    var memory = new MemoryPool(PIECES_BYTES);
    try (var file = ArrowBatchReader.ofFile(store.open(output), memory);
        var rows = new Until(end, file, format);
        ObjectWriter object = store.create(location)) {
      long _ =
          ResultEncoder.encode(
              rows, file.schema(), format.encoding(), new ObjectOutput(object), memory);
      // Where another was quicker, its object holds the same rows.
      boolean _ = object.commit();
    }
  }

  /// Batches of a result for as long as there is time for them.
  private final class Until implements BatchReader {
    private final Instant end;
    private final BatchReader rows;
    private final DownloadFormat format;

    Until(Instant end, BatchReader rows, DownloadFormat format) {
      this.end = end;
      this.rows = rows;
      this.format = format;
    }

    @Override
    public @Nullable Batch next() {
      if (clock.instant().isAfter(end)) {
        throw new FrazilException(
            ErrorCode.TIME_LIMIT,
            "The result takes more than %d s to become %s: have it as arrow"
                .formatted(CONVERTING_MAX.toSeconds(), format));
      }
      return rows.next();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
