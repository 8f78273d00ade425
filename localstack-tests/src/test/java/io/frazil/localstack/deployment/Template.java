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
import java.util.HashMap;
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

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path SCRIPT = PythonEnvironment.SOURCES.resolve("template.py");

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

  /// As it is written, short tags written out.
  JsonNode packaged() throws IOException {
    return packaged(FILE);
  }

  private JsonNode packaged(Path file) throws IOException {
    var arguments = new ArrayList<String>(List.of("package", file.toString()));
    arguments.addAll(pairs(places));
    return run(arguments, null);
  }

  /// What CloudFormation makes of it: SAM's resources turned into plain ones.
  JsonNode transformed(Map<String, String> parameters) throws IOException {
    return transformed(FILE, parameters);
  }

  /// The same of another file.
  JsonNode transformed(Path file, Map<String, String> parameters) throws IOException {
    var arguments = new ArrayList<String>(List.of("transform"));
    arguments.addAll(pairs(parameters));
    return run(arguments, packaged(file));
  }

  /// Deploys it; the answer is described by `template.py`.
  JsonNode deploy(LocalStack stack, String name, Map<String, String> parameters)
      throws IOException {
    var arguments = new ArrayList<String>(List.of("deploy", stack.endpoint().toString(), name));
    arguments.addAll(pairs(parameters));
    return run(arguments, transformed(parameters));
  }

  /// What cfn-lint finds, line by line.
  static String findings() throws IOException {
    Path found = Files.createTempFile("findings", ".txt");
    try {
      new ProcessBuilder(
              PythonEnvironment.interpreter().toString(),
              "-c",
              "import sys; from cfnlint.runner import main; sys.exit(main())",
              "--regions",
              "us-east-1",
              "--",
              FILE.toString())
          .redirectErrorStream(true)
          .redirectOutput(found.toFile())
          .start()
          .waitFor();
      return Files.readString(found);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.delete(found);
    }
  }

  private static JsonNode run(List<String> arguments, @Nullable JsonNode input) throws IOException {
    Path folder = Files.createTempDirectory(LocalStack.logs(), "template-");
    Path in = folder.resolve("in.json");
    Path out = folder.resolve("out.json");
    JSON.writeValue(in.toFile(), input == null ? new HashMap<>() : input);
    var command = new ArrayList<String>();
    command.add(PythonEnvironment.interpreter().toString());
    command.add(SCRIPT.toString());
    command.addAll(arguments);
    Command.run(folder.resolve("log.txt"), LIMIT, command, in, out);
    return JSON.readTree(out.toFile());
  }

  private static List<String> pairs(Map<String, String> values) {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList();
  }
}
