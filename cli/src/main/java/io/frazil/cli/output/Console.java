package io.frazil.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/// The two streams of a command: results on one, everything else on the other.
///
/// Unlike [System#out] it fails when nobody reads any more, which is how a closed pipe ends a
/// query.
public final class Console {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final OutputStream err;
  private final TerminalStreams terminals;
  private final IntSupplier width;

  /// @param width of the terminal, in characters
  public Console(OutputStream out, OutputStream err, TerminalStreams terminals, int width) {
    this(out, err, terminals, () -> width);
  }

  private Console(
      OutputStream out, OutputStream err, TerminalStreams terminals, IntSupplier width) {
    this.out = out;
    this.err = err;
    this.terminals = terminals;
    this.width = width;
  }

  /// Which of the streams are terminals.
  public record TerminalStreams(boolean in, boolean out, boolean err) {}

  /// The process's own streams. The launcher says which of them are terminals, as Java cannot ask
  /// for each.
  public static Console system() {
    String terminals = System.getProperty("frazil.terminals", "");
    return new Console(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
        new FileOutputStream(FileDescriptor.err),
        new TerminalStreams(
            terminals.contains("in"), terminals.contains("out"), terminals.contains("err")),
        Integer.getInteger("frazil.columns", 120));
  }

  public OutputStream out() {
    return out;
  }

  /// Where stack traces go.
  public PrintStream errors() {
    return new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  public boolean inIsTerminal() {
    return terminals.in();
  }

  public boolean outIsTerminal() {
    return terminals.out();
  }

  public boolean errIsTerminal() {
    return terminals.err();
  }

  public int width() {
    return width.getAsInt();
  }

  /// The same on a terminal that its user may make wider or narrower.
  public Console following(IntSupplier terminalWidth) {
    return new Console(out, err, terminals, terminalWidth);
  }

  /// Writes to the result stream.
  ///
  /// @throws UncheckedIOException where nobody reads it any more
  public void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void println(String line) {
    print(line + "\n");
  }

  /// Pushes out what was written.
  ///
  /// @throws UncheckedIOException where nobody reads it any more
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a message beside the result. One that nobody reads is lost without a word.
  public void message(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // Nobody is left to be told.
      return;
    }
  }

  public void messageLine(String line) {
    message(line + "\n");
  }
}
