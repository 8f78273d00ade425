package io.frazil.benchmarks.coldstart;

import java.util.Map;

/// What a function is asked, again and again.
interface Workload {
  /// The function's module.
  String module();

  String handler();

  /// The variables that its data asks for.
  Map<String, String> environment();

  /// An invocation's payload: no two are the same attempt, or the same query.
  byte[] payload(int number);

  /// @throws IllegalStateException where it is not the answer of a success
  void check(byte[] answer);
}
