package io.frazil.benchmarks.coldstart;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What to measure.
///
/// @param home the repository
/// @param scale of the tables
/// @param core the processor that functions run on
/// @param steady how many invocations follow the first
/// @param tls whether S3 is behind TLS and credentials come by a request, as on AWS
/// @param priming how many seconds it may take
/// @param flags more flags for the functions' JVMs
record Options(
    Path home,
    Set<String> functions,
    List<Integer> queries,
    List<Mode> modes,
    double scale,
    int runs,
    int steady,
    int core,
    boolean tls,
    int priming,
    List<String> flags) {
  /// @param arguments pairs of `--name` and value
  static Options of(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      given.put(arguments[i], arguments[i + 1]);
    }
    return new Options(
        Path.of(given.getOrDefault("--home", ".")).toAbsolutePath().normalize(),
        Set.copyOf(list(given.getOrDefault("--functions", "worker-fn,coordinator-fn"))),
        list(given.getOrDefault("--queries", "6")).stream().map(Integer::valueOf).toList(),
        list(given.getOrDefault("--modes", "C1,C2,PRIMED,CACHE,CACHE_C1")).stream()
            .map(Mode::valueOf)
            .toList(),
        Double.parseDouble(given.getOrDefault("--scale", "0.01")),
        Integer.parseInt(given.getOrDefault("--runs", "9")),
        Integer.parseInt(given.getOrDefault("--steady", "200")),
        Integer.parseInt(given.getOrDefault("--core", "0")),
        given.getOrDefault("--s3", "plain").equals("tls"),
        Integer.parseInt(given.getOrDefault("--priming", "60")),
        given.containsKey("--flags") ? Arrays.asList(given.get("--flags").split(" ")) : List.of());
  }

  private static List<String> list(String text) {
    return Arrays.asList(text.split(","));
  }
}
