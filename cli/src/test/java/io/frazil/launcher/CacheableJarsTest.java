package io.frazil.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The build step that makes jars fit for the start-up cache.
final class CacheableJarsTest {
  /// Version 50 of class files, the first that the cache takes.
  private static final int JAVA_6 = 50;

  @TempDir private static Path lib;
  private static Path source;
  private static Object fitBefore;

  @BeforeAll
  static void makeFit() throws Exception {
    source = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.copy(source, lib.resolve("picocli.jar"));
    write(lib.resolve("signed.jar"), "META-INF/MANIFEST.MF", "META-INF/A.SF", "data/A.SF");
    write(lib.resolve("fit.jar"), "META-INF/MANIFEST.MF", "data.txt");
    fitBefore = identity(lib.resolve("fit.jar"));
    writeMain(lib.resolve("main-2.jar"), "picocli.jar signed.jar fit.jar");
    write(lib.resolve("main-1.jar"), "data.txt");
    write(lib.resolve("fit-0.9.jar"), "data.txt");
    run();
  }

  @Test
  void oldClassesAreRaisedAndPassTheVerifier() throws Exception {
    Path jar = lib.resolve("picocli.jar");
    assertThat(versionOfCommandLine(source)).isLessThan(JAVA_6);
    assertThat(versionOfCommandLine(jar)).isGreaterThan(JAVA_6);
    assertThat(names(jar)).isEqualTo(names(source));
    var platform = ClassLoader.getPlatformClassLoader();
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, platform)) {
      assertThat(classes(jar)).hasSizeGreaterThan(150).allSatisfy(name -> link(name, loader));
    }
  }

  @Test
  void signaturesAreDropped() throws IOException {
    assertThat(names(lib.resolve("signed.jar")))
        .containsExactly("META-INF/MANIFEST.MF", "data/A.SF");
  }

  @Test
  void fitJarsAreLeftAlone() throws IOException {
    assertThat(identity(lib.resolve("fit.jar"))).isEqualTo(fitBefore);
  }

  @Test
  void jarsOfEarlierBuildsAreRemoved() {
    assertThat(lib.toFile().list())
        .containsExactlyInAnyOrder("main-2.jar", "picocli.jar", "signed.jar", "fit.jar");
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, "unix:ino,lastModifiedTime,size");
  }

  private static void run() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(java, "src/build/java/CacheableJars.java", lib.toString(), "main-2.jar")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  /// Initializing a class verifies it; classes for Groovy ask for Groovy.
  private static void link(String name, ClassLoader loader) throws ClassNotFoundException {
    assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
  }

  private static List<String> classes(Path jar) throws IOException {
    return names(jar).stream()
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .filter(name -> !name.startsWith("picocli/groovy/"))
        .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  private static List<String> names(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }

  private static int versionOfCommandLine(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile());
        var in = file.getInputStream(file.getEntry("picocli/CommandLine.class"))) {
      return in.readNBytes(8)[7];
    }
  }

  private static void writeMain(Path jar, String classPath) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static void write(Path jar, String... names) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
      }
    }
  }
}
