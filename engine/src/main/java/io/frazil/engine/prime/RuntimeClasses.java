package io.frazil.engine.prime;

import java.util.List;

/// Classes of Lambda's own client that it loads with its first invocation, a millisecond of it.
/// Nothing that runs before the snapshot gets there: the client is what calls us.
final class RuntimeClasses {
  /// As version 2.9.0 has them; what another has under other names is left to it.
  static final List<String> NAMES =
      List.of(
          "com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal",
          "com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext",
          "com.amazonaws.services.lambda.runtime.api.client.util.ConcurrencyConfig",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  private RuntimeClasses() {}

  static void load() {
    NAMES.forEach(RuntimeClasses::load);
  }

  private static void load(String name) {
    try {
      Class<?> _ = Class.forName(name, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException | LinkageError _) {
      return; // Another version's, or a process without the client.
    }
  }
}
