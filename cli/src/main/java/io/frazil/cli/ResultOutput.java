package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.TablePrinter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.result.ResultEncoder;
import io.frazil.engine.result.ResultFormat;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Where results go and in which format. A file is written beside its place and moved there by
/// [#commit]; closing without it leaves nothing.
final class ResultOutput implements AutoCloseable {
  /// What an encoder may hold of a result that streams through it.
  private static final long ENCODER_BYTES = 256L << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Console console;
  private final @Nullable ResultFormat format;
  private final @Nullable Target target;

  /// A file on its way.
  private record Target(Path path, Path temporary, OutputStream out) {}

  private ResultOutput(Console console, @Nullable ResultFormat format, @Nullable Target target) {
    this.console = console;
    this.format = format;
    this.target = target;
  }

  /// Tables on standard output.
  static ResultOutput tables(Console console) {
    return new ResultOutput(console, null, null);
  }

  /// As the options say.
  static ResultOutput open(Console console, OutputOptions options) {
    ResultFormat format =
        switch (options.format()) {
          case TABLE -> null;
          case CSV -> ResultFormat.CSV;
          case JSON -> ResultFormat.JSON;
          case NDJSON -> ResultFormat.NDJSON;
          case ARROW -> ResultFormat.ARROW;
          case PARQUET -> ResultFormat.PARQUET;
        };
    Path file = options.file();
    return new ResultOutput(console, format, file == null ? null : target(file.toAbsolutePath()));
  }

  private static Target target(Path path) {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".part");
    try {
      return new Target(
          path,
          temporary,
          new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER_BYTES));
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + path + "' cannot be written: " + e, e);
    }
  }

  /// Whether results appear on the terminal, where nothing else may write meanwhile.
  boolean isOnTerminal() {
    return target == null && console.outIsTerminal();
  }

  /// Writes one result, to its end.
  void write(Schema schema, BatchReader result) {
    OutputStream out = target == null ? console.out() : target.out();
    if (format == null) {
      writeTable(schema, result, out);
    } else {
      ResultEncoder.encode(result, schema, format, out, new MemoryPool(ENCODER_BYTES));
    }
  }

  private static void writeTable(Schema schema, BatchReader result, OutputStream out) {
    boolean[] numbers = new boolean[schema.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = schema.type(i).isNumeric();
    }
    var printer =
        new TablePrinter(out, schema.fields().stream().map(Field::name).toList(), numbers);
    RowText.forEach(result, printer::row);
    printer.finish();
  }

  /// Moves the file to its place.
  void commit() {
    if (target == null) {
      return;
    }
    try {
      target.out().close();
      Files.move(target.temporary(), target.path(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED, "'" + target.path() + "' cannot be written: " + e, e);
    }
  }

  @Override
  public void close() {
    if (target == null) {
      return;
    }
    try {
      target.out().close();
      Files.deleteIfExists(target.temporary());
    } catch (IOException e) {
      console.messageLine("'" + target.temporary() + "' could not be removed: " + e);
    }
  }
}
