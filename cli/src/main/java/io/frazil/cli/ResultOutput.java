package io.frazil.cli;

import io.frazil.cli.option.Format;
import io.frazil.cli.output.Console;
import io.frazil.cli.output.TablePrinter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.result.ResultEncoder;
import io.frazil.engine.result.ResultFormat;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where results go and in which format: to standard output, or into a file that appears by
/// [#commit] and not at all without it.
final class ResultOutput implements ResultSink, AutoCloseable {
  /// What an encoder may hold of a result that streams through it.
  private static final long ENCODER_BYTES = 256L << 20;

  private final Console console;
  private final Format format;
  private final @Nullable OutputFile file;
  private int written;

  private ResultOutput(Console console, Format format, @Nullable OutputFile file) {
    this.console = console;
    this.format = format;
    this.file = file;
  }

  /// As the options say.
  static ResultOutput open(Console console, OutputOptions options) {
    Path path = options.file();
    return new ResultOutput(console, options.format(), path == null ? null : OutputFile.open(path));
  }

  @Override
  public boolean isOnTerminal() {
    return file == null && console.outIsTerminal();
  }

  @Override
  public void write(Schema schema, BatchReader result) {
    if (written > 0 && format.isOfOneResult()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "the SQL has a second result, but " + format + " holds one; csv and ndjson take several");
    }
    written++;
    OutputStream out = file == null ? console.out() : file.out();
    ResultFormat encoding = format.encoding().orElse(null);
    if (encoding == null) {
      TablePrinter.Form form =
          file == null ? TablePrinter.Form.of(console) : new TablePrinter.Form.Table();
      Tables.print(out, form, schema, result, Long.MAX_VALUE);
    } else {
      ResultEncoder.encode(result, schema, encoding, out, new MemoryPool(ENCODER_BYTES));
    }
  }

  /// Moves the file to its place.
  void commit() {
    if (file != null) {
      file.commit();
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
