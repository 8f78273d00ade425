package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What is in the functions' zips, and what is not, and that they are as large as `docs/deploy.md`
/// says.
@Execution(ExecutionMode.CONCURRENT)
@Order(1) // It waits for no installation.
final class FunctionZipTest {
  private static final double MB = 1e6;

  /// What jars grow by now and then, in MB.
  private static final Offset<Double> TOLERANCE = within(0.3);

  /// The most that the functions may have unzipped, in MB, whatever is said of them.
  private static final double WORKER_MOST = 45;

  private static final double COORDINATOR_MOST = 80;

  private static final Map<String, List<String>> ENTRIES = new ConcurrentHashMap<>();

  @Test
  void theWorkerIsJarsInLibAndSmall() throws IOException {
    checkLayout("worker-fn", "worker, large worker", WORKER_MOST);
  }

  @Test
  void theCoordinatorIsJarsInLibAndFitsWell() throws IOException {
    checkLayout("coordinator-fn", "coordinator, HTTP function", COORDINATOR_MOST);
  }

  /// The JVM passes over annotations whose classes are not there.
  @Test
  void theCoordinatorHasNoJarsOfAnnotationsForCompilers() throws IOException {
    assertThat(classes("coordinator-fn"))
        .noneMatch(name -> name.startsWith("org/checkerframework/"))
        .noneMatch(name -> name.startsWith("com/google/errorprone/annotations/"))
        .noneMatch(name -> name.startsWith("com/google/j2objc/"))
        .noneMatch(name -> name.startsWith("org/apiguardian/"));
  }

  @Test
  void theWorkerHasNoPlannerAndNoCatalog() throws IOException {
    assertThat(classes("worker-fn"))
        .noneMatch(name -> name.contains("calcite"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.contains("sqlite"))
        .noneMatch(name -> name.contains("iceberg"))
        .noneMatch(name -> name.startsWith("io/frazil/session/"))
        .contains("io/frazil/worker/WorkerHandler.class");
  }

  @Test
  void theCoordinatorHasNoHadoopAndNoSqlite() throws IOException {
    assertThat(classes("coordinator-fn"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.contains("sqlite"))
        .contains("io/frazil/coordinator/CoordinatorHandler.class")
        .contains("io/frazil/coordinator/HttpHandler.class");
  }

  @Test
  void bothHaveTheLibrariesOfBothProcessors() throws IOException {
    for (String module : List.of("worker-fn", "coordinator-fn")) {
      assertThat(entries(module))
          .filteredOn(name -> name.contains("libzstd") && name.endsWith(".so"))
          .as(module)
          .map(name -> name.substring(0, name.lastIndexOf('/')))
          .containsExactlyInAnyOrder("linux/amd64", "linux/aarch64");
      assertThat(entries(module))
          .as(module)
          .contains(
              "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
              "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so");
    }
  }

  @Test
  void whatTheyAreMadeOfNamesTheirBuild() throws IOException {
    String build = Files.readString(Template.ROOT.resolve("engine/pom.xml"));
    for (String module : List.of("worker-fn", "coordinator-fn")) {
      try (var zip = new ZipFile(BuiltZip.of(module).toFile())) {
        assertThat(zip.stream().map(ZipEntry::getName).filter(n -> n.startsWith("lib/frazil-")))
            .as(module)
            .hasSizeGreaterThan(2)
            .allSatisfy(jar ->
                assertThat(build)
                    .contains(
                        "<argument>" + jar.replaceAll("lib/frazil-|-\\d.*", "") + "</argument>"));
      }
    }
  }

  private static void checkLayout(String module, String named, double most) throws IOException {
    Matcher said =
        Pattern.compile(
                "\\| " + named + " \\| (\\d+\\.\\d) MB \\| (\\d+\\.\\d) MB \\| (\\d+) MB \\|")
            .matcher(Files.readString(Template.ROOT.resolve("docs/deploy.md")));
    assertThat(said.find()).as("the sizes of " + named).isTrue();
    Path file = BuiltZip.of(module);
    long bytes = 0;
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        assertThat(entry.getName()).matches("lib/[^/]+\\.jar");
        bytes += entry.getSize();
      }
    }
    assertThat(Files.size(file) / MB).as("MB of " + module).isCloseTo(mb(said, 1), TOLERANCE);
    assertThat(bytes / MB)
        .as("unzipped MB of " + module)
        .isCloseTo(mb(said, 2), TOLERANCE)
        .isLessThanOrEqualTo(mb(said, 3))
        .isLessThanOrEqualTo(most);
  }

  private static double mb(Matcher said, int column) {
    return Double.parseDouble(said.group(column));
  }

  private static List<String> classes(String module) throws IOException {
    return entries(module).stream().filter(name -> name.endsWith(".class")).toList();
  }

  /// The names of what is in the jars. They are thousands in a zip of a hundred jars: read once.
  private static List<String> entries(String module) throws IOException {
    List<String> known = ENTRIES.get(module);
    if (known == null) {
      known = read(module);
      ENTRIES.put(module, known);
    }
    return known;
  }

  private static List<String> read(String module) throws IOException {
    var names = new ArrayList<String>();
    try (var zip = new ZipFile(BuiltZip.of(module).toFile())) {
      for (ZipEntry jar : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        byte[] bytes = zip.getInputStream(jar).readAllBytes();
        try (var in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
          for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
            names.add(e.getName());
          }
        }
      }
    }
    return List.copyOf(names);
  }
}
