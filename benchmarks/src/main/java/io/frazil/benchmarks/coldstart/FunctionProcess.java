package io.frazil.benchmarks.coldstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A function's process on a core of its own, from its start to its end.
final class FunctionProcess implements AutoCloseable {
  private static final double HEAP_SHARE = 0.85;
  private static final int TICKS_PER_SECOND = 100;
  private static final Duration END = Duration.ofMinutes(3);

  private final RuntimeApi api;
  private final Process process;
  private final long start = System.nanoTime();

  private FunctionProcess(RuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
  }

  /// What a moment of a process's life cost so far.
  ///
  /// @param cpuMillis of user and system time
  record Moment(double wallMillis, double cpuMillis) {}

  /// @param memory what the function is deployed with, in MB
  /// @param core the processor that it gets to itself
  /// @param flags besides those that the mode and the runtime have
  static FunctionProcess start(
      FunctionFiles files,
      String handler,
      int memory,
      Mode mode,
      List<String> flags,
      Map<String, String> environment,
      int core,
      Path log)
      throws IOException {
    var api = new RuntimeApi();
    var command = new ArrayList<String>(List.of("taskset", "-c", String.valueOf(core)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + (int) (memory * HEAP_SHARE) + "m",
            "-Djava.net.preferIPv4Stack=true",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:-UsePerfData",
            "-Dcalcite.default.charset=UTF-8"));
    command.addAll(mode.flags());
    command.addAll(flags);
    command.addAll(files.start(mode.layout, handler));
    var builder = new ProcessBuilder(command).directory(folder(files, mode));
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "cold-start");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(memory));
    variables.put("LAMBDA_TASK_ROOT", files.task().toString());
    variables.putAll(environment);
    variables.putAll(mode.environment());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new FunctionProcess(api, process);
  }

  // The client looks for the function's jars in its working folder.
  private static File folder(FunctionFiles files, Mode mode) {
    return switch (mode.layout) {
      case ZIP -> files.task().toFile();
      case IMAGE -> Objects.requireNonNull(files.task().getParent()).toFile();
    };
  }

  /// Waits until the function asks for its first invocation.
  Ready ready() throws IOException, InterruptedException {
    RuntimeApi.Event event = api.await("invocation/next", "restore/next");
    double restored = 0;
    if (event.what().equals("restore/next")) {
      long asked = event.nanos();
      event = api.await("invocation/next");
      restored = (event.nanos() - asked) / 1e6;
    }
    return new Ready(moment(event.nanos()), restored);
  }

  /// @param restoredMillis what it did of its own after the restore, and before it was ready
  record Ready(Moment at, double restoredMillis) {}

  /// Has it answer once, and waits until it is ready again.
  ///
  /// @return how long the answer took
  Answered invoke(byte[] payload) throws IOException, InterruptedException {
    double cpu = threadsCpuMillis();
    long before = System.nanoTime();
    api.invoke(payload);
    RuntimeApi.Event answer = api.await("response");
    var took = new Moment((answer.nanos() - before) / 1e6, threadsCpuMillis() - cpu);
    Moment at = moment(answer.nanos());
    RuntimeApi.Event _ = api.await("invocation/next");
    return new Answered(answer.body(), at, took);
  }

  /// @param at since the process's start
  record Answered(byte[] body, Moment at, Moment took) {}

  /// Ends it as an orderly end does, which has it write a cache it was told to.
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }

  private Moment moment(long nanos) throws IOException {
    return new Moment((nanos - start) / 1e6, cpuMillis());
  }

  /// What the threads that live have taken, which is finer than what the process has: the first
  /// field of `/proc/PID/task/TID/schedstat`, in nanoseconds.
  private double threadsCpuMillis() throws IOException {
    long nanos = 0;
    try (Stream<Path> threads =
        Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
      for (Path thread : threads.toList()) {
        nanos += onProcessor(thread);
      }
    }
    return nanos / 1e6;
  }

  /// Nothing of a thread that has ended since it was listed.
  private static long onProcessor(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException e) {
      return 0;
    }
  }

  /// In steps of ten. Fields 14 and 15 of `/proc/PID/stat`; the second may hold spaces, but ends
  /// with a bracket.
  private double cpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * 1000.0 / TICKS_PER_SECOND;
  }
}
