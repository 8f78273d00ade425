package io.frazil.worker.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.DirectMethodHandleDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The build step that makes the functions' jars start fast.
final class FunctionJarsTest {
  private static final String JAR = "lib/samples.jar";
  private static final String HOME = "io/frazil/worker/jars/";

  @TempDir private static Path folder;
  private static Path made;

  @BeforeAll
  static void make() throws Exception {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put(
        JarFile.MANIFEST_NAME,
        "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    entries.put("META-INF/A.SF", new byte[0]);
    entries.put("data/A.SF", new byte[] {1});
    entries.put("a/Versioned.class", bytes(Samples.class));
    entries.put("META-INF/versions/9/a/Versioned.class", new byte[] {9});
    entries.put("META-INF/versions/21/a/Versioned.class", bytes(Stream.class));
    entries.put("META-INF/versions/99/a/Versioned.class", new byte[] {99});
    try (Stream<Path> files = Files.list(Path.of("target/test-classes", HOME))) {
      for (Path file : files.filter(f -> f.toString().contains("Samples")).sorted().toList()) {
        entries.put(HOME + file.getFileName(), Files.readAllBytes(file));
      }
    }
    Files.createDirectories(folder.resolve("made/lib"));
    Files.writeString(folder.resolve("made/lib/of-an-earlier-build.jar"), "");
    Path jars = folder.resolve("jars.zip");
    Files.write(jars, zip(Map.of(JAR, zip(entries))));
    assertThat(run(jars)).isEmpty();
    made = folder.resolve("made").resolve(JAR);
  }

  @Test
  void whatItDoesStaysTheSame() throws Exception {
    List<String> lines = lines(made);
    assertThat(lines).hasSizeGreaterThan(45).isEqualTo(Samples.all());
  }

  @Test
  void whatIsLinkedLaterIsWhatStays() throws Exception {
    assertThat(linkedLater(Path.of("target/test-classes", HOME)))
        .containsExactly(
            "LambdaMetafactory.altMetafactory",
            "LambdaMetafactory.metafactory",
            "ObjectMethods.bootstrap equals",
            "ObjectMethods.bootstrap hashCode",
            "ObjectMethods.bootstrap toString",
            "StringConcatFactory.makeConcatWithConstants",
            "SwitchBootstraps.typeSwitch");
    Path classes = folder.resolve("classes");
    unzip(made, classes);
    assertThat(linkedLater(classes.resolve(HOME)))
        .containsExactly(
            "LambdaMetafactory.altMetafactory",
            "ObjectMethods.bootstrap toString",
            "StringConcatFactory.makeConcatWithConstants");
  }

  @Test
  void theFolderAndTheZipHaveTheSameJars() throws IOException {
    try (var zip = new ZipFile(folder.resolve("made.zip").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly(JAR);
      try (InputStream in = zip.getInputStream(zip.getEntry(JAR))) {
        assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(made));
      }
    }
    assertThat(folder.resolve("made/lib")).isDirectoryNotContaining("glob:**earlier**");
  }

  @Test
  void classesAreStoredAndTheRestIsCompressed() throws IOException {
    try (var jar = new JarFile(made.toFile())) {
      assertThat(jar.stream())
          .allSatisfy(entry ->
              assertThat(entry.getMethod())
                  .as(entry.getName())
                  .isEqualTo(
                      entry.getName().endsWith(".class") ? ZipEntry.STORED : ZipEntry.DEFLATED));
    }
  }

  @Test
  void aClassInSeveralReleasesIsTheLastThatRunsHere() throws IOException {
    try (var jar = new JarFile(made.toFile())) {
      try (InputStream in = jar.getInputStream(jar.getEntry("a/Versioned.class"))) {
        assertThat(in.readAllBytes()).isEqualTo(bytes(Stream.class));
      }
      assertThat(jar.isMultiRelease()).isFalse();
      assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(n -> n.contains("versions"));
    }
  }

  @Test
  void signaturesAreDropped() throws IOException {
    try (var jar = new JarFile(made.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains("data/A.SF")
          .doesNotContain("META-INF/A.SF");
    }
  }

  @Test
  void theSameJarsGiveTheSameBytes() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("made.zip"));
    assertThat(run(folder.resolve("jars.zip"))).isEmpty();
    assertThat(folder.resolve("made.zip")).hasBinaryContent(before);
  }

  private static String run(Path jars) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/build/java/FunctionJars.java",
                jars.toString(),
                folder.resolve("made").toString(),
                folder.resolve("made.zip").toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @SuppressWarnings("unchecked")
  private static List<String> lines(Path jar) throws Exception {
    var platform = ClassLoader.getPlatformClassLoader();
    URL[] urls = {
      jar.toUri().toURL(), Nullable.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (var loader = new URLClassLoader(urls, platform)) {
      Class<?> samples = Class.forName(Samples.class.getName(), true, loader);
      assertThat(samples).isNotSameAs(Samples.class);
      return (List<String>) Objects.requireNonNull(samples.getMethod("all").invoke(null));
    }
  }

  private static TreeSet<String> linkedLater(Path classes) throws IOException {
    var kinds = new TreeSet<String>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(f -> f.toString().contains("Samples")).toList()) {
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof InvokeDynamicEntry site) {
            var method = (DirectMethodHandleDesc) site.asSymbol().bootstrapMethod();
            String kind = method.owner().displayName() + "." + method.methodName();
            boolean ofRecord = kind.startsWith("ObjectMethods");
            kinds.add(ofRecord ? kind + " " + site.name().stringValue() : kind);
          }
        }
      }
    }
    return kinds;
  }

  private static void unzip(Path jar, Path into) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        Path path = into.resolve(entry.getName());
        Path _ = Files.createDirectories(Objects.requireNonNull(path.getParent()));
        try (InputStream in = file.getInputStream(entry)) {
          Path _ = Files.write(path, in.readAllBytes());
        }
      }
    }
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        var entry = new ZipEntry(each.getKey());
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
