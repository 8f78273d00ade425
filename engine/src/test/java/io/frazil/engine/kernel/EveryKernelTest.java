package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryKernelTest {
  /// A class file names the classes that it uses.
  @Test
  void everyKernelIsUsedByATestOfThisPackage() throws IOException, URISyntaxException {
    var tests = new StringBuilder();
    for (Path test : classes(EveryKernelTest.class)) {
      if (test.toString().endsWith("Test.class")) {
        tests.append(Files.readString(test, StandardCharsets.ISO_8859_1));
      }
    }
    List<String> untested =
        classes(Text.class).stream()
            .map(path -> path.getFileName().toString().replace(".class", ""))
            .filter(name -> !name.contains("$") && !name.equals("package-info"))
            .filter(name -> !isBehindCast(name))
            .filter(name -> tests.indexOf("io/frazil/engine/kernel/" + name) < 0)
            .toList();
    assertThat(untested).isEmpty();
  }

  private static boolean isBehindCast(String name) {
    return name.startsWith("CastTo") || name.endsWith("Parser");
  }

  private static List<Path> classes(Class<?> one) throws IOException, URISyntaxException {
    Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(root.resolve(one.getPackageName().replace('.', '/')))) {
      return files.toList();
    }
  }
}
