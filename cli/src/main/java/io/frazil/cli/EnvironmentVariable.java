package io.frazil.cli;

import java.util.Optional;

/// What the process's environment says. A variable that is set to nothing, as by `export NAME=`,
/// says nothing.
final class EnvironmentVariable {
  private EnvironmentVariable() {}

  static Optional<String> of(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
