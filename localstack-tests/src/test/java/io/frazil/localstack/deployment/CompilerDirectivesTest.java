package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.prime.CompilerDirectives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What C2 is told to leave alone is there: a package that got another name would be C2's again.
final class CompilerDirectivesTest {
  private static final String CLASS = ".class";

  @Test
  void eachNamesClassesOfAFunctionOrOfItsJvm() throws IOException {
    var classes = new TreeSet<String>();
    for (String module : List.of("worker-fn", "coordinator-fn")) {
      try (var in = new ZipInputStream(Files.newInputStream(BuiltZip.of(module)))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          if (entry.getName().endsWith(".jar")) {
            addClasses(new ByteArrayInputStream(in.readAllBytes()), classes);
          }
        }
      }
    }
    addClassesOfTheJvm(classes);
    assertThat(CompilerDirectives.ONCE)
        .allMatch(prefix -> String.valueOf(classes.ceiling(prefix)).startsWith(prefix));
  }

  /// Each of these packages has loops over rows or bytes, or is used in some.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/frazil/engine/arrow/",
        "io/frazil/engine/evaluate/CallEvaluator",
        "io/frazil/engine/exec/aggregate/HashSlots",
        "io/frazil/engine/exec/join/",
        "io/frazil/engine/exec/sort/",
        "io/frazil/engine/function/",
        "io/frazil/engine/hash/",
        "io/frazil/engine/kernel/",
        "io/frazil/engine/parquet/decode/",
        "io/frazil/engine/text/",
        "io/frazil/engine/vector/",
        "com/sun/crypto/provider/",
        "java/lang/String",
        "java/util/zip/",
        "sun/security/provider/",
      })
  void loopsOverRowsAndBytesStayWithC2(String loops) {
    assertThat(CompilerDirectives.ONCE)
        .noneMatch(prefix -> prefix.startsWith(loops) || loops.startsWith(prefix));
  }

  private static void addClasses(InputStream jar, TreeSet<String> classes) throws IOException {
    try (var in = new ZipInputStream(jar)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(CLASS)) {
          classes.add(entry.getName());
        }
      }
    }
  }

  /// A path there begins with `/modules` and the module's name.
  private static void addClassesOfTheJvm(TreeSet<String> classes) throws IOException {
    Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    try (Stream<Path> files = Files.walk(modules)) {
      files
          .filter(file -> file.toString().endsWith(CLASS))
          .forEach(file -> classes.add(file.subpath(2, file.getNameCount()).toString()));
    }
  }
}
