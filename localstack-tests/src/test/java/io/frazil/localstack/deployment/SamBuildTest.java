package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.localstack.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What `sam build` and `sam deploy` do with the repository: a target of the `Makefile` for each
/// function, and `samconfig.toml`.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class SamBuildTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// What all targets need to have been built.
  private static final String BUILT = "target/functions";

  private static final Map<String, String> MODULES =
      Map.of(
          "WorkerFunction", "worker-fn",
          "LargeWorkerFunction", "worker-fn",
          "CoordinatorFunction", "coordinator-fn",
          "HttpFunction", "coordinator-fn");

  @BeforeAll
  static void findMake() throws IOException {
    try {
      Process found =
          new ProcessBuilder("make", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      assertThat(Command.endsIn(found, LIMIT)).isTrue();
    } catch (IOException e) {
      throw new IllegalStateException("'sam build' needs make, as do these tests: install it", e);
    }
  }

  @Test
  void eachFunctionIsBuiltByTheMakefile() throws IOException {
    assertThat(Template.standard().template().required("Resources").properties())
        .filteredOn(r -> r.getValue().required("Type").asText().equals("AWS::Lambda::Function"))
        .allSatisfy(function ->
            assertThat(function.getValue().at("/Metadata/BuildMethod").asText())
                .isEqualTo("makefile"))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(MODULES.keySet());
    // The folder that holds the Makefile.
    assertThat(Files.readString(Template.FILE)).contains("\n    CodeUri: .\n");
  }

  @Test
  void eachFunctionGetsWhatItsZipHas(@TempDir Path folder) throws IOException {
    for (Map.Entry<String, String> function : MODULES.entrySet()) {
      Path artifacts = Files.createDirectory(folder.resolve(function.getKey()));
      List<String> _ =
          make(
              folder,
              "--assume-old=" + BUILT,
              "build-" + function.getKey(),
              "ARTIFACTS_DIR=" + artifacts);
      assertThat(files(artifacts)).as(function.getKey()).containsAll(zipped(function.getValue()));
      assertThat(files(artifacts))
          .as(function.getKey())
          .containsExactlyInAnyOrderElementsOf(files(assembled(function.getValue())));
    }
  }

  /// As from a clean clone: nothing of an earlier build stays.
  @Test
  void functionsAreBuiltByMavenAlone(@TempDir Path folder) throws IOException {
    assertThat(Files.isExecutable(Template.ROOT.resolve("mvnw"))).isTrue();
    for (Map.Entry<String, String> function : MODULES.entrySet()) {
      List<String> steps =
          make(
              folder,
              "--dry-run",
              "--always-make",
              "build-" + function.getKey(),
              "ARTIFACTS_DIR=ARTIFACTS");
      String assembled = "%s/target/frazil-%1$s".formatted(function.getValue());
      List<String> maven = steps.stream().filter(step -> step.startsWith("./mvnw ")).toList();
      assertThat(maven).as(function.getKey()).hasSize(1);
      assertThat(maven.getFirst()).contains(function.getValue(), " -am package -DskipTests");
      assertThat(steps.subList(0, steps.indexOf(maven.getFirst())))
          .as(function.getKey())
          .anyMatch(step -> step.startsWith("rm -rf ") && step.contains(assembled));
      assertThat(steps.getLast()).isEqualTo("cp -R " + assembled + "/. ARTIFACTS");
    }
  }

  /// Two targets at a time would disturb each other, and in a copy there are no sources of other
  /// modules.
  @Test
  void samIsToldHowToBuildAndDeploy() throws IOException {
    List<String> settings = Files.readAllLines(Template.ROOT.resolve("samconfig.toml"));
    assertThat(section(settings, "default.build.parameters"))
        .containsExactlyInAnyOrder("build_in_source = true", "parallel = false");
    assertThat(section(settings, "default.deploy.parameters"))
        .contains("resolve_s3 = true", "capabilities = \"CAPABILITY_IAM\"");
    assertThat(section(settings, "default.global.parameters")).contains("stack_name = \"frazil\"");
  }

  private static List<String> section(List<String> settings, String name) {
    return settings.stream()
        .dropWhile(line -> !line.equals("[" + name + "]"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("["))
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /// What it wrote.
  private static List<String> make(Path folder, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("make", "-C", Template.ROOT.toString()));
    command.add("--no-print-directory");
    command.addAll(List.of(arguments));
    Path log = folder.resolve("make.log");
    Files.deleteIfExists(log);
    Command.run(log, LIMIT, command);
    return Files.readAllLines(log);
  }

  private static Path assembled(String module) {
    return Template.ROOT.resolve(module).resolve("target/frazil-" + module);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static List<String> zipped(String module) throws IOException {
    try (var zip = new ZipFile(BuiltZip.of(module).toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
