package io.frazil.cli.tpch;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.task.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Generates TPC-H into a catalog: the eight tables, as the benchmark's own generator makes them.
///
/// A table appears when it is complete. Tables that are there already, complete and of the same
/// scale, are left as they are, so that a generation that was interrupted goes on where it stopped
/// and one that was not is done at once.
public final class TpchGenerator {
  /// At a smaller scale some tables would be empty.
  public static final double SCALE_MIN = 0.001;

  /// Orders have 1 to 7 lines, 4 on average: a smaller or larger ratio is another scale's.
  private static final double LINES_TOLERANCE = 0.05;

  private final MutableCatalog catalog;
  private final String schema;
  private final double scale;
  private final OptionalInt files;
  private final int threads;

  /// @param scale 1 is a gigabyte of text
  /// @param files into how many files a large table goes, about; empty to decide by its size
  public TpchGenerator(
      MutableCatalog catalog, String schema, double scale, OptionalInt files, int threads) {
    if (!(scale >= SCALE_MIN) || Double.isInfinite(scale)) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "the scale of TPC-H is a number of at least %s, not %s".formatted(SCALE_MIN, scale));
    }
    if (files.isPresent() && files.getAsInt() < 1) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "a table has at least one file, not " + files.getAsInt());
    }
    this.catalog = catalog;
    this.schema = schema;
    this.scale = scale;
    this.files = files;
    this.threads = threads;
  }

  /// Generates the tables that aren't there.
  ///
  /// @return which those were
  /// @throws FrazilException ALREADY_EXISTS where a table of that name is something else;
  ///   CANCELLED, with the tables that were complete by then left in place
  public List<String> generate(TpchProgress progress, Cancellation cancellation) {
    List<TpchSource<?>> missing = new ArrayList<>();
    for (TpchSource<?> source : TpchSource.ALL) {
      if (!isComplete(source)) {
        missing.add(source);
      }
    }
    for (TpchSource<?> source : missing) {
      new TableGeneration<>(source, scale, files, threads, progress, cancellation)
          .into(catalog, schema);
    }
    return missing.stream().map(TpchSource::name).toList();
  }

  private boolean isComplete(TpchSource<?> source) {
    Optional<TableProvider> found = catalog.table(schema, source.name(), TableVersion.CURRENT);
    if (found.isEmpty()) {
      return false;
    }
    double rows = found.get().statistics().rows().value();
    long expected = source.rows(scale);
    // Only the number of lines isn't known beforehand.
    double tolerance = source.name().equals("lineitem") ? expected * LINES_TOLERANCE : 0;
    if (!found.get().schema().equals(source.schema()) || Math.abs(rows - expected) > tolerance) {
      throw new FrazilException(
          ErrorCode.ALREADY_EXISTS,
          ("Table '%s.%s' already exists with %d rows and is not TPC-H's at scale %s; drop it or"
                  + " use another warehouse")
              .formatted(schema, source.name(), (long) rows, scale));
    }
    return true;
  }
}
