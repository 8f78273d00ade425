package io.frazil.benchmarks.coldstart;

import java.util.Map;

/// What a function is asked, again and again.
interface Workload {
  /// The function's module.
  String module();

  String handler();

  /// The template's parameter that says how much memory the function has.
  String memoryParameter();

  /// The variables that its data asks for.
  Map<String, String> environment();

  /// An invocation's payload: no two are the same attempt, or the same query.
  byte[] payload(int number);

  /// How many milliseconds of the time to an answer were its query's own work, reading included;
  /// the rest is what the function does besides. NaN where the answer does not tell.
  ///
  /// @throws IllegalStateException where it is not the answer of a success
  double workMillis(byte[] answer);
}
