package io.frazil.engine.prime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompilerDirectivesTest {
  @Test
  void theJvmKnowsThemOnceHoweverOftenTheyAreAdded() throws Exception {
    CompilerDirectives.add();
    CompilerDirectives.add();
    assertThat(DiagnosticCommand.run("compilerDirectivesPrint").lines())
        .filteredOn(line -> line.contains("matching: ") && line.contains("Formatter*.*"))
        .hasSize(1);
  }
}
