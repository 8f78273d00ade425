package io.frazil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents name files that are there.
final class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Code spans and links that look like paths of the repository.
  private static final Pattern PATHS =
      Pattern.compile("[`(]([a-z][\\w.-]*(?:/[\\w.-]+)+/?|[A-Z]+\\.md)[`)]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "ARCHITECTURE.md",
        "benchmarks/README.md",
        "docs/cold-start.md",
        "docs/deploy.md"
      })
  void namesOnlyFilesThatExist(String document) throws IOException {
    Path file = ROOT.resolve(document);
    var named = PATHS.matcher(Files.readString(file)).results().map(m -> m.group(1)).toList();
    assertThat(named).isNotEmpty().allSatisfy(path -> assertThat(exists(file, path)).isTrue());
  }

  private static boolean exists(Path document, String path) {
    return Files.exists(ROOT.resolve(path)) || Files.exists(document.resolveSibling(path));
  }
}
