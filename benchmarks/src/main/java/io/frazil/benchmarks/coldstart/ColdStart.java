package io.frazil.benchmarks.coldstart;

import io.frazil.benchmarks.coldstart.FunctionProcess.Answered;
import io.frazil.benchmarks.coldstart.FunctionProcess.Moment;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Starts the functions again and again, in turns of all modes, and prints what their starts, their
/// first and their later invocations take.
public final class ColdStart {
  private static final double SCALE = 0.01;
  private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  private final Options options;
  private final Path folder;
  private final LoopbackS3 s3;

  private ColdStart(Options options, Path folder, LoopbackS3 s3) {
    this.options = options;
    this.folder = folder;
    this.s3 = s3;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Options options = Options.of(arguments);
    Path folder = Files.createTempDirectory("frazil-cold-start");
    try (LoopbackS3 s3 = LoopbackS3.start();
        var store = new S3ObjectStore(s3.settings())) {
      Path warehouse = folder.resolve("warehouse");
      Tables.generate(warehouse, SCALE);
      String lines = Tables.upload(warehouse, "lineitem", store);
      var runs = new ColdStart(options, folder, s3);
      for (int query : options.queries()) {
        String sql =
            Files.readString(options.home().resolve("benchmarks/queries/tpch/q" + query + ".sql"))
                .strip()
                .replaceAll(";$", "");
        for (Workload workload :
            List.of(
                WorkerWorkload.of(sql, lines, store, runs.environment(warehouse)),
                new CoordinatorWorkload(sql, runs.environment(warehouse)))) {
          if (options.functions().contains(workload.module())) {
            runs.measure(workload, "Q" + query);
          }
        }
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private Map<String, String> environment(Path warehouse) {
    return Map.of(
        "AWS_REGION",
        "us-east-1",
        "AWS_ENDPOINT_URL",
        s3.endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        "loopback",
        "AWS_SECRET_ACCESS_KEY",
        "loopback",
        "FRAZIL_RESULTS",
        Tables.BUCKET,
        "FRAZIL_WAREHOUSE",
        warehouse.toString());
  }

  private void measure(Workload workload, String query) throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, workload.module());
    FunctionFiles files = FunctionFiles.of(options.home().resolve(workload.module()), own);
    if (options.modes().stream().anyMatch(m -> m.layout == Mode.Layout.IMAGE)) {
      train(files, workload, own);
    }
    var figures = new EnumMap<Mode, Figures>(Mode.class);
    options.modes().forEach(mode -> figures.put(mode, new Figures()));
    for (int run = 0; run < options.runs(); run++) {
      for (Mode mode : options.modes()) {
        List<String> flags =
            switch (mode.layout) {
              case ZIP -> options.flags();
              case IMAGE -> {
                var all = new ArrayList<>(options.flags());
                all.addAll(QUIET);
                all.add("-XX:AOTCache=" + files.cache());
                yield all;
              }
            };
        Objects.requireNonNull(figures.get(mode)).add(start(files, workload, mode, flags));
      }
    }
    PrintStream out = System.out;
    out.printf(
        "%n%s, %s: milliseconds of wall time, median [quartiles] (CPU) of %d starts%n%n"
            + "| Mode | ready | first answer | first invocation | steady | first / steady |%n"
            + "|---|---|---|---|---|---|%n",
        workload.module(), query, options.runs());
    figures.forEach((mode, f) -> out.println(f.row(mode.title)));
  }

  private Figures.Start start(FunctionFiles files, Workload workload, Mode mode, List<String> flags)
      throws IOException, InterruptedException {
    try (FunctionProcess process = process(files, workload, mode, flags)) {
      Moment ready = process.ready();
      Answered first = process.invoke(workload.payload(0));
      workload.check(first.body());
      int half = options.steady() / 2;
      var wall = new ArrayList<Double>();
      var cpu = new ArrayList<Double>();
      for (int i = 1; i <= options.steady(); i++) {
        Answered answered = process.invoke(workload.payload(i));
        if (i > half) {
          wall.add(answered.took().wallMillis());
          cpu.add(answered.took().cpuMillis());
        }
      }
      var steady =
          new Moment(
              Figures.median(wall.stream().mapToDouble(w -> w)),
              Figures.median(cpu.stream().mapToDouble(c -> c)));
      return new Figures.Start(ready, first.at(), first.took(), steady);
    }
  }

  /// Makes the AOT cache of a run of a few invocations.
  private void train(FunctionFiles files, Workload workload, Path own)
      throws IOException, InterruptedException {
    var flags = new ArrayList<>(options.flags());
    flags.addAll(QUIET);
    flags.add("-XX:AOTCacheOutput=" + files.cache());
    flags.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));
    try (FunctionProcess process = process(files, workload, Mode.CACHE, flags)) {
      Moment _ = process.ready();
      for (int i = 0; i < 3; i++) {
        workload.check(process.invoke(workload.payload(i)).body());
      }
      process.end();
    }
    if (!Files.exists(files.cache())) {
      throw new IllegalStateException(
          "no AOT cache was made:\n" + Files.readString(own.resolve("log")));
    }
  }

  private FunctionProcess process(
      FunctionFiles files, Workload workload, Mode mode, List<String> flags) throws IOException {
    return FunctionProcess.start(
        files,
        workload.handler(),
        mode,
        flags,
        workload.environment(),
        options.core(),
        files.cache().resolveSibling("log"));
  }
}
