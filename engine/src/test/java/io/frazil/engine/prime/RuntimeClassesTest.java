package io.frazil.engine.prime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class RuntimeClassesTest {
  @ParameterizedTest
  @FieldSource("io.frazil.engine.prime.RuntimeClasses#NAMES")
  void theClientHasIt(String name) throws ClassNotFoundException {
    Class<?> loaded = Class.forName(name, true, ClassLoader.getSystemClassLoader());
    assertThat(loaded.getName()).isEqualTo(name);
  }
}
