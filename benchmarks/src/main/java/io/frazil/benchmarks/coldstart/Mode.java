package io.frazil.benchmarks.coldstart;

import java.util.List;
import java.util.Map;

/// How a function is started.
enum Mode {
  /// As the managed runtime starts functions without SnapStart: C1 alone.
  C1("unprimed, C1 alone", Layout.ZIP),

  /// The same with the JVM's own defaults, as a function's flags can ask for.
  C2("unprimed, C1 and C2", Layout.ZIP),

  /// With SnapStart: what runs before the snapshot runs in the same process.
  PRIMED("primed", Layout.ZIP),

  /// As a container image may start it. The managed runtime takes no such cache.
  CACHE("AOT cache, C1 and C2", Layout.IMAGE),

  CACHE_C1("AOT cache, C1 alone", Layout.IMAGE);

  private static final String NATIVE_REFLECTION = "-Djdk.reflect.useNativeAccessorOnly=true";

  final String title;
  final Layout layout;

  Mode(String title, Layout layout) {
    this.title = title;
    this.layout = layout;
  }

  List<String> flags() {
    return switch (this) {
      case C1, CACHE_C1 -> List.of("-XX:TieredStopAtLevel=1", NATIVE_REFLECTION);
      case PRIMED -> List.of("-XX:+DisableExplicitGC");
      case C2, CACHE -> List.of(NATIVE_REFLECTION);
    };
  }

  Map<String, String> environment() {
    return switch (this) {
      case PRIMED -> Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      case C1, C2, CACHE, CACHE_C1 -> Map.of();
    };
  }

  /// Where the function's jars are.
  enum Layout {
    /// In `lib/` of the working folder, loaded by the client's own class loader.
    ZIP,
    /// On the class path of one jar that names them, beside an AOT cache.
    IMAGE
  }
}
