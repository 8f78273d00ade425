package io.frazil.session.cost;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/// What a query costs on Lambda, line by line.
///
/// @param region whose prices
/// @param priced the day the prices are of
public record Ledger(String region, LocalDate priced, List<Line> lines) {
  public Ledger {
    lines = List.copyOf(lines);
  }

  /// One thing that is paid for.
  ///
  /// @param where `planning`, `stage 2`, `merge`
  /// @param item `lambda compute`, `s3 get`
  /// @param quantity how much, in `unit`s
  /// @param unit `GB-s`, `requests`
  /// @param basis where `quantity` is from
  public record Line(
      String where, String item, double quantity, String unit, double dollars, Basis basis) {}

  /// How far a quantity can be trusted.
  public enum Basis {
    /// By AWS, in a bill's own unit.
    REPORTED,
    /// Counted or timed while the query ran here.
    MEASURED,
    /// Follows from how it would run there.
    ASSUMED,
    /// Paid for, and not known: a line without a quantity, so that nobody takes it to be nothing.
    NOT_INCLUDED
  }

  /// Where a stage's lines say that they are from.
  static String stage(int number) {
    return "stage " + number;
  }

  /// What the tasks of one stage take; empty where it has no line: what a coordinator does itself
  /// is paid for with all else that it does.
  public OptionalDouble dollars(int stage) {
    List<Line> own = lines.stream().filter(line -> line.where().equals(stage(stage))).toList();
    return own.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(own.stream().mapToDouble(Line::dollars).sum());
  }

  public double dollars() {
    return lines.stream().mapToDouble(Line::dollars).sum();
  }
}
