package io.frazil.localstack.stack;

import io.frazil.localstack.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The JVMs that run functions, as the executor notes them down: a file each, named
/// `function.version-id`, with its process's id, and `.busy` beside it while it works.
///
/// @param folder where the notes lie
public record Environments(Path folder) {
  private static final String BUSY = ".busy";
  private static final int END_SECONDS = 10;

  /// Ends a JVM at once, as a host does that breaks down. It is gone when this returns.
  public void kill(String function, String environment) {
    try {
      long process = Long.parseLong(Files.readString(folder.resolve(function + "." + environment)));
      ProcessHandle.of(process)
          .ifPresent(jvm -> {
            boolean _ = jvm.destroyForcibly();
            ProcessHandle _ = jvm.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
          });
    } catch (NoSuchFileException _) {
      return; // It has ended.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Those of a version that work now.
  ///
  /// @param version of a function, as `name:version`
  public List<String> busy(String version) {
    String prefix = version.replace(':', '.') + "-";
    try (Stream<Path> notes = Files.list(folder)) {
      return notes
          .map(note -> note.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(BUSY))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean areIdleWithin(Duration limit, String version) {
    return Waiting.until(limit, () -> busy(version).isEmpty());
  }
}
