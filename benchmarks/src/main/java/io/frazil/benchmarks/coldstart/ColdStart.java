package io.frazil.benchmarks.coldstart;

import io.frazil.benchmarks.coldstart.FunctionProcess.Answered;
import io.frazil.benchmarks.coldstart.FunctionProcess.Moment;
import io.frazil.coordinator.prime.LoopbackLambda;
import io.frazil.coordinator.prime.LoopbackRest;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.store.ObjectReader;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.RestWarehouse;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackCredentials;
import io.frazil.s3.loopback.LoopbackS3;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts the functions again and again, in turns of all modes, and prints what their starts, their
/// first and their later invocations take.
public final class ColdStart {
  private static final int CLIENTS_BEFORE = 1_000;
  private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  private final Options options;
  private final Path folder;
  private final Map<String, String> aws;
  private final List<String> flags;

  private ColdStart(
      Options options, Path folder, Map<String, String> aws, List<String> authorities) {
    this.options = options;
    this.folder = folder;
    this.aws = aws;
    this.flags = Stream.concat(options.flags().stream(), authorities.stream()).toList();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Options options = Options.of(arguments);
    Path folder = Files.createTempDirectory("frazil-cold-start");
    var functions = BuiltInAggregates.register(BuiltInFunctions.registry());
    try (LoopbackS3 s3 = options.tls() ? LoopbackS3.startSecure() : LoopbackS3.start();
        var credentials = LoopbackCredentials.start();
        var store = new S3ObjectStore(s3.settings());
        var rest = new LoopbackRest(Tables.BUCKET + "warehouse");
        var lambda =
            new LoopbackLambda(
                new WorkerHandler(FragmentRunner.ofFunction(store, functions, Optional.empty()))
                    ::handle)) {
      try (IcebergCatalog catalog =
          RestWarehouse.open(store, rest.endpoint(), Optional.empty(), Map.of(), Map::of)) {
        Tables.generate(catalog, options.scale());
      }
      String lines = Tables.file("lineitem", store);
      Map<String, String> aws = new HashMap<>(s3.environment(credentials.environment()));
      aws.put("AWS_ENDPOINT_URL_LAMBDA", lambda.endpoint().toString());
      warm(s3, credentials, lines);
      var runs = new ColdStart(options, folder, aws, TrustedAuthorities.flags(folder, s3));
      for (int query : options.queries()) {
        String sql =
            Files.readString(options.home().resolve("benchmarks/queries/tpch/q" + query + ".sql"))
                .strip()
                .replaceAll(";$", "");
        for (Workload workload :
            List.of(
                WorkerWorkload.of(sql, lines, store, runs.environment(rest.endpoint())),
                new CoordinatorWorkload(sql, runs.environment(rest.endpoint())))) {
          if (options.functions().contains(workload.module())) {
            runs.measure(workload, "Q" + query);
          }
        }
      }
    } finally {
      Folders.remove(folder);
    }
  }

  /// S3 is another's, and has served many: what it takes to compile it is no start's time.
  private static void warm(LoopbackS3 s3, LoopbackCredentials credentials, String object) {
    for (int i = 0; i < CLIENTS_BEFORE; i++) {
      try (var store = new S3ObjectStore(s3.settings(credentials.environment()));
          ObjectReader reader = store.open(object)) {
        reader.read(0, new byte[1], 0, 1);
      }
    }
  }

  private Map<String, String> environment(URI tables) {
    var all = new HashMap<>(aws);
    all.put("FRAZIL_RESULTS", Tables.BUCKET);
    all.put("FRAZIL_BUCKETS", Tables.ARN);
    all.put("FRAZIL_PRIMING_SECONDS", String.valueOf(options.priming()));
    all.put("FRAZIL_CATALOG", "rest");
    all.put("FRAZIL_CATALOG_URI", tables.toString());
    all.put("FRAZIL_SCHEMA", Tables.SCHEMA);
    all.put("FRAZIL_WORKER", "worker:1");
    return all;
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
        List<String> given =
            switch (mode.layout) {
              case ZIP -> flags;
              case IMAGE -> {
                var all = new ArrayList<>(flags);
                all.addAll(QUIET);
                all.add("-XX:AOTCache=" + files.cache());
                yield all;
              }
            };
        Objects.requireNonNull(figures.get(mode)).add(start(files, workload, mode, given));
      }
    }
    PrintStream out = System.out;
    out.printf(
        "%n%s, %s: milliseconds of wall time, median [quartiles] (CPU) of %d starts%n%n"
            + "| Mode | ready | after restore | first answer | first invocation | steady "
            + "| first / steady | besides |%n"
            + "|---|---|---|---|---|---|---|---|%n",
        workload.module(), query, options.runs());
    figures.forEach((mode, f) -> out.println(f.row(mode.title)));
  }

  private Figures.Start start(FunctionFiles files, Workload workload, Mode mode, List<String> flags)
      throws IOException, InterruptedException {
    try (FunctionProcess process = process(files, workload, mode, flags)) {
      FunctionProcess.Ready ready = process.ready();
      if (mode == Mode.PRIMED) {
        sayHowPrimed(files);
      }
      Answered first = process.invoke(workload.payload(0));
      double _ = workload.workMillis(first.body());
      int half = options.steady() / 2;
      var wall = new ArrayList<Double>();
      var cpu = new ArrayList<Double>();
      var besides = new ArrayList<Double>();
      for (int i = 1; i <= options.steady(); i++) {
        Answered answered = process.invoke(workload.payload(i));
        if (i > half) {
          wall.add(answered.took().wallMillis());
          cpu.add(answered.took().cpuMillis());
          besides.add(answered.took().wallMillis() - workload.workMillis(answered.body()));
        }
      }
      var steady =
          new Moment(
              Figures.median(wall.stream().mapToDouble(w -> w)),
              Figures.median(cpu.stream().mapToDouble(c -> c)));
      return new Figures.Start(
          ready.at(),
          ready.restoredMillis(),
          first.at(),
          first.took(),
          steady,
          Figures.median(besides.stream().mapToDouble(b -> b)));
    }
  }

  /// Makes the AOT cache of a run of a few invocations.
  private void train(FunctionFiles files, Workload workload, Path own)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(flags);
    all.addAll(QUIET);
    all.add("-XX:AOTCacheOutput=" + files.cache());
    all.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));
    try (FunctionProcess process = process(files, workload, Mode.CACHE, all)) {
      FunctionProcess.Ready _ = process.ready();
      for (int i = 0; i < 3; i++) {
        double _ = workload.workMillis(process.invoke(workload.payload(i)).body());
      }
      process.end();
    }
    if (!Files.exists(files.cache())) {
      throw new IllegalStateException(
          "no AOT cache was made:\n" + Files.readString(own.resolve("log")));
    }
  }

  /// What priming said last, on the log.
  private static void sayHowPrimed(FunctionFiles files) throws IOException {
    try (Stream<String> lines = Files.lines(log(files), StandardCharsets.UTF_8)) {
      lines
          .filter(line -> line.contains("primed"))
          .reduce((_, b) -> b)
          .ifPresent(System.err::println);
    }
  }

  private static Path log(FunctionFiles files) {
    return files.cache().resolveSibling("log");
  }

  private FunctionProcess process(
      FunctionFiles files, Workload workload, Mode mode, List<String> flags) throws IOException {
    return FunctionProcess.start(
        files,
        workload.handler(),
        Template.defaultOf(workload.memoryParameter(), options.home()),
        mode,
        flags,
        workload.environment(),
        options.core(),
        log(files));
  }
}
