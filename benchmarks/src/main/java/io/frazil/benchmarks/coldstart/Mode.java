package io.frazil.benchmarks.coldstart;

import java.util.List;
import java.util.Map;

/// How a function is started.
enum Mode {
  /// As the managed runtime starts functions without SnapStart: C1 alone.
  C1("unprimed, C1 alone", List.of("-XX:TieredStopAtLevel=1"), Map.of(), Layout.ZIP),

  /// The same with the JVM's own defaults, as a function's flags can ask for.
  C2("unprimed, C1 and C2", List.of(), Map.of(), Layout.ZIP),

  /// With SnapStart: what runs before the snapshot runs in the same process.
  PRIMED("primed", List.of(), Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"), Layout.ZIP),

  /// As a container image may start it. The managed runtime takes no such cache.
  CACHE("AOT cache, C1 and C2", List.of(), Map.of(), Layout.IMAGE),

  CACHE_C1("AOT cache, C1 alone", List.of("-XX:TieredStopAtLevel=1"), Map.of(), Layout.IMAGE);

  final String title;
  final List<String> flags;
  final Map<String, String> environment;
  final Layout layout;

  Mode(String title, List<String> flags, Map<String, String> environment, Layout layout) {
    this.title = title;
    this.flags = flags;
    this.environment = environment;
    this.layout = layout;
  }

  /// Where the function's jars are.
  enum Layout {
    /// In `lib/` of the working folder, loaded by the client's own class loader.
    ZIP,
    /// On the class path of one jar that names them, beside an AOT cache.
    IMAGE
  }
}
