package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.Console.TerminalStreams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Command lines run in this process, over a warehouse in a folder: what they say and leave.
final class CommandLineRun {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandLineRun(Path folder) {
    this.folder = folder;
  }

  /// Runs one and says its exit status; what earlier ones said is forgotten.
  int run(String... arguments) {
    out.reset();
    err.reset();
    var console = new Console(out, err, new TerminalStreams(false, false, false), 100);
    return Frazil.run(console, arguments);
  }

  int sql(String sql, String... more) {
    return inWarehouse("sql", concatenated(List.of("-c", sql), List.of(more)));
  }

  /// Runs a command on the folder's warehouse.
  int inWarehouse(String command, String... more) {
    List<String> first = List.of(command, "--warehouse", warehouse().toString());
    return run(concatenated(first, List.of(more)));
  }

  Path warehouse() {
    return folder.resolve("warehouse");
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static String[] concatenated(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all.toArray(String[]::new);
  }
}
