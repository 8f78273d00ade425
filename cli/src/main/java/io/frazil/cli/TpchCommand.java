package io.frazil.cli;

import io.frazil.cli.option.TpchScale;
import io.frazil.cli.option.WholeNumber;
import io.frazil.cli.output.Console;
import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `frazil tpch`: the benchmark's tables.
@Command(
    name = "tpch",
    sortOptions = false,
    header = "Generates the eight tables of the TPC-H benchmark into the warehouse.",
    description = {
      "Tables that are there already stay, so that an interrupted run can be repeated.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  frazil tpch --scale 0.1", "  frazil tpch --scale 10 --warehouse w --files 16"})
final class TpchCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "S",
      converter = TpchScale.class,
      description = "The scale factor; 1 is a gigabyte of text and 6 million lines.")
  private double scale;

  @Option(
      names = "--files",
      paramLabel = "N",
      converter = WholeNumber.FromOne.class,
      description = "Data files of a large table, about. Default: by its size.")
  private @Nullable Integer files;

  @Mixin private final SessionOptions options = new SessionOptions();

  TpchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    OptionalInt wanted = files == null ? OptionalInt.empty() : OptionalInt.of(files);
    try (IcebergCatalog catalog = options.openWarehouse()) {
      var generator =
          new TpchGenerator(
              catalog, LocalWarehouse.DEFAULT_SCHEMA, scale, wanted, options.threads());
      List<String> made = generate(console, generator);
      console.messageLine(
          made.isEmpty()
              ? "The warehouse has them already."
              : "Made " + String.join(", ", made) + ".");
    }
    return ExitStatus.DONE;
  }

  /// Generates with a progress line; Ctrl-C leaves no half table.
  static List<String> generate(Console console, TpchGenerator generator) {
    var cancellation = new Cancellation();
    try (Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.EXITS);
        var progress = new TpchProgressLine(console)) {
      interrupts.cancelBy(cancellation::cancel);
      return generator.generate(progress, cancellation);
    }
  }
}
