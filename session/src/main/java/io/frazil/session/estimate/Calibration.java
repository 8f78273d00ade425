package io.frazil.session.estimate;

import io.frazil.json.JsonCodec;
import io.frazil.session.cost.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What each kind of work costs of one processor, as measured: data that comes with the build, with
/// its date and machine. `benchmarks/calibrate` makes it.
///
/// @param measured the day, as `2026-01-31`
/// @param machine what it was measured on
/// @param scanByteNanos to decompress and decode a byte of a file
/// @param scanValueNanos to decode a value, besides its bytes
/// @param filterRowNanos to ask one conjunct of a row
/// @param expressionRowNanos to compute one expression of a row
/// @param aggregateRowNanos to find a row's group
/// @param callRowNanos to add a row to one aggregate
/// @param groupNanos to make a group
/// @param buildRowNanos to put a row into a join's table
/// @param probeRowNanos to look a row up there
/// @param pairNanos to look at a pair of a nested loop
/// @param sortRowNanos to sort a row, by each doubling of their number
/// @param topRowNanos to hold a row against the first ones so far
/// @param partialByteNanos to write, or to read, a byte of a partial
/// @param planningSeconds to plan a query
/// @param taskSeconds of a processor that a task takes besides its work
/// @param s3GetSeconds until S3 begins to give what is read
/// @param s3PutSeconds until it has what is written
/// @param youngPlanningSeconds how much longer the first query of a process is planned; later ones,
///   by their number, a part of it
/// @param youngStageSeconds how much longer each stage of it takes; likewise
/// @param uncertainty how far the true costs lie from these, on other data and processors
public record Calibration(
    String measured,
    String machine,
    double scanByteNanos,
    double scanValueNanos,
    double filterRowNanos,
    double expressionRowNanos,
    double aggregateRowNanos,
    double callRowNanos,
    double groupNanos,
    double buildRowNanos,
    double probeRowNanos,
    double pairNanos,
    double sortRowNanos,
    double topRowNanos,
    double partialByteNanos,
    Interval planningSeconds,
    Interval taskSeconds,
    Interval s3GetSeconds,
    Interval s3PutSeconds,
    Interval youngPlanningSeconds,
    Interval youngStageSeconds,
    Interval uncertainty) {
  private static final String RESOURCE = "calibration.json";

  /// The one that comes with this build.
  public static final Calibration BUNDLED = read();

  private static Calibration read() {
    try (InputStream in = Calibration.class.getResourceAsStream(RESOURCE)) {
      byte[] json = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return JsonCodec.builder().build().read(json, Calibration.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
