package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.localstack.process.Command;
import io.frazil.localstack.process.PythonEnvironment;
import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The repository's own `template.yaml`, by AWS's own tools.
///
/// @param places of code and definitions, by resource, as `s3://bucket/key`
record Template(Map<String, String> places) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path FILE = ROOT.resolve("template.yaml");
  static final Path DEFINITION = ROOT.resolve("coordinator-fn/src/main/asl/query.asl.json");

  /// Where it does not matter what code is deployed.
  static final Template STANDARD = at("s3://code/worker", "s3://code/coordinator", "s3://code/asl");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path SCRIPT = PythonEnvironment.SOURCES.resolve("template.py");

  /// It takes a process of seconds, and is the same for all who look at it.
  private static @Nullable Resources standard;

  Template {
    places = Map.copyOf(places);
  }

  /// With code and definitions at given places.
  static Template at(String worker, String coordinator, String definition) {
    return new Template(
        Map.of(
            "WorkerFunction", worker,
            "LargeWorkerFunction", worker,
            "CoordinatorFunction", coordinator,
            "HttpFunction", coordinator,
            "Queries", definition));
  }

  /// What is deployed where no parameter is named.
  static synchronized Resources standard() throws IOException {
    if (standard == null) {
      standard = new Resources(STANDARD.transformed(Map.of()));
    }
    return standard;
  }

  /// What CloudFormation makes of it: SAM's resources turned into plain ones.
  JsonNode transformed(Map<String, String> parameters) throws IOException {
    return transformed(FILE, parameters);
  }

  /// The same of another file.
  JsonNode transformed(Path file, Map<String, String> parameters) throws IOException {
    return run(file, List.of("transform"), parameters);
  }

  /// Deploys it; the answer is described by `template.py`.
  JsonNode deploy(LocalStack stack, String name, Map<String, String> parameters)
      throws IOException {
    return run(FILE, List.of("deploy", stack.endpoint().toString(), name), parameters);
  }

  /// What cfn-lint finds, line by line.
  static String findings() throws IOException {
    Path found = Files.createTempFile("findings", ".txt");
    try {
      Process linter =
          new ProcessBuilder(
                  PythonEnvironment.command(
                      List.of(
                          "-c",
                          "import sys; from cfnlint.runner import main; sys.exit(main())",
                          "--regions",
                          "us-east-1",
                          "--",
                          FILE.toString())))
              .redirectErrorStream(true)
              .redirectOutput(found.toFile())
              .start();
      if (!Command.endsIn(linter, LIMIT)) {
        throw new IllegalStateException("the linter did not end: " + Files.readString(found));
      }
      return Files.readString(found);
    } finally {
      Files.delete(found);
    }
  }

  private JsonNode run(Path file, List<String> arguments, Map<String, String> parameters)
      throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(LocalStack.logs()), "template-");
    Path in = folder.resolve("in.json");
    Path out = folder.resolve("out.json");
    JSON.writeValue(
        in.toFile(), Map.of("file", file.toString(), "places", places, "values", parameters));
    var script = new ArrayList<String>();
    script.add(SCRIPT.toString());
    script.addAll(arguments);
    Command.run(folder.resolve("log.txt"), LIMIT, PythonEnvironment.command(script), in, out);
    return JSON.readTree(out.toFile());
  }
}
