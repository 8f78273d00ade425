package io.frazil.benchmarks.coldstart;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A built function's jars from its zip (`lib/`), and as a container image may have them: one jar
/// that names all others and the JVM's permissions, which as flags would keep an AOT cache from
/// fitting.
///
/// @param task what Lambda calls the task root
/// @param client the runtime interface client's jars
record FunctionFiles(Path task, List<Path> client, Path imageJar, Path cache) {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String IMAGE_JAR = "function.jar";

  /// @param module the function's folder, built
  static FunctionFiles of(Path module, Path folder) throws IOException {
    Path task = folder.resolve("task");
    unzip(module.resolve("target").resolve("frazil-" + module.getFileName() + ".zip"), task);
    Path lib = task.resolve("lib");
    List<Path> jars = sorted(lib);
    List<Path> client = clientJars();
    Path image = Files.createDirectories(folder.resolve("image"));
    jars.addAll(0, client);
    for (Path jar : jars) {
      if (!Files.exists(image.resolve(jar.getFileName()))) {
        long _ = Files.size(Files.copy(jar, image.resolve(jar.getFileName())));
      }
    }
    writeImage(image.resolve(IMAGE_JAR), jars);
    return new FunctionFiles(
        task, client, image.resolve(IMAGE_JAR), folder.resolve("function.aot"));
  }

  /// The JVM's arguments from the class path on.
  List<String> start(Mode.Layout layout, String handler) {
    return switch (layout) {
      case ZIP ->
          List.of(
              "--add-opens=java.base/java.nio=ALL-UNNAMED",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              client.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
              CLIENT,
              handler);
      case IMAGE -> List.of("-jar", imageJar.toString(), handler);
    };
  }

  private static void unzip(Path zip, Path into) throws IOException {
    try (var from = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        if (entry.isDirectory()) {
          Path _ = Files.createDirectories(file);
        } else {
          Path _ = Files.createDirectories(Objects.requireNonNull(file.getParent()));
          long _ = Files.copy(from, file);
        }
      }
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    }
  }

  /// Those that this process has on its own class path.
  private static List<Path> clientJars() {
    try {
      var jars = new ArrayList<Path>();
      for (String name :
          List.of(
              CLIENT,
              "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
              "com.amazonaws.services.lambda.runtime.RequestStreamHandler",
              "software.amazon.awssdk.utilslite.SdkInternalThreadLocal")) {
        Class<?> type = Class.forName(name, false, FunctionFiles.class.getClassLoader());
        jars.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      }
      return jars;
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("the runtime interface client is not on the class path", e);
    }
  }

  private static void writeImage(Path image, List<Path> jars) throws IOException {
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, CLIENT);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        jars.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.joining(" ")));
    attributes.put(new Attributes.Name("Add-Opens"), "java.base/java.nio");
    attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
    new JarOutputStream(Files.newOutputStream(image), manifest).close();
  }
}
