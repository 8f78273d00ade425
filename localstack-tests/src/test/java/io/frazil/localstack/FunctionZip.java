package io.frazil.localstack;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A function as it is deployed: a zip with its own jar and those it depends on in `lib/`, and
/// nothing else.
final class FunctionZip {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private FunctionZip() {}

  /// Packs a module that was built before this one.
  ///
  /// @throws IllegalStateException where it was not
  static Path of(String module, Path folder) throws IOException {
    Path zip = folder.resolve(module + ".zip");
    try (OutputStream file = Files.newOutputStream(zip);
        var out = new ZipOutputStream(file)) {
      for (Path jar : jars(ROOT.resolve(module).resolve("target"))) {
        addStored(out, "lib/" + jar.getFileName(), Files.readAllBytes(jar));
      }
    }
    return zip;
  }

  private static List<Path> jars(Path target) throws IOException {
    var jars = new ArrayList<Path>();
    try (Stream<Path> files = Files.list(target)) {
      files
          .filter(
              file -> file.toString().endsWith(".jar") && !file.toString().endsWith("-tests.jar"))
          .forEach(jars::add);
    }
    String dependencies = Files.readString(target.resolve("dependencies-classpath.txt"));
    for (String entry : dependencies.strip().split(File.pathSeparator)) {
      jars.add(Path.of(entry));
    }
    if (!jars.stream().allMatch(Files::isRegularFile)) {
      throw new IllegalStateException(
          "A function is made of jars, which 'package' makes: start the build with 'verify', not "
              + "with 'test'. It would be "
              + jars);
    }
    return jars;
  }

  // What is in a jar is compressed.
  private static void addStored(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    var crc = new CRC32();
    crc.update(bytes);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
