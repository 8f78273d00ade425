package io.frazil.engine.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The build step that names a build after its sources.
final class BuildDigestTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir private static Path classes;
  @TempDir private Path folder;

  private Path sources = Path.of("");

  @BeforeAll
  static void compile() {
    String source = Path.of("src/build/java/BuildDigest.java").toString();
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-d", classes.toString(), source);
    assertThat(status).isZero();
  }

  @BeforeEach
  void writeSources() throws IOException {
    sources = tree("here");
  }

  @Test
  void theSameSourcesHaveTheSameName() throws Exception {
    String name = name(sources);
    assertThat(name).matches("build=1[+][0-9a-f]{12}\n");
    Path there = tree("there");
    Files.setLastModifiedTime(there.resolve("a/src/main/A.java"), LONG_AGO);
    write(there.resolve("a/src/test/ATest.java"), "test");
    write(there.resolve("a/target/A.class"), "built");
    write(there.resolve("other/src/main/O.java"), "of no function");
    assertThat(name(there)).isEqualTo(name);
  }

  @Test
  void otherSourcesHaveAnother() throws Exception {
    String name = name(sources);
    Path changed = tree("changed");
    write(changed.resolve("b/src/main/B.java"), "class B {};");
    Path moved = tree("moved");
    Files.move(moved.resolve("b/src/main/B.java"), moved.resolve("b/src/main/C.java"));
    Path differentlyBuilt = tree("built");
    write(differentlyBuilt.resolve("pom.xml"), "newer dependencies");
    assertThat(name(changed)).isNotEqualTo(name);
    assertThat(name(moved)).isNotEqualTo(name);
    assertThat(name(differentlyBuilt)).isNotEqualTo(name);
  }

  @Test
  void whatSaysSoAlreadyIsLeftAlone() throws Exception {
    String name = name(sources);
    Path file = sources.resolve("target/build.properties");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(name(sources)).isEqualTo(name);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
  }

  @Test
  void thisBuildHasOne() {
    assertThat(BuildId.current()).matches(".+[+][0-9a-f]{12}");
  }

  private Path tree(String name) throws IOException {
    Path root = folder.resolve(name);
    write(root.resolve("pom.xml"), "dependencies");
    for (String module : new String[] {"a", "b"}) {
      write(root.resolve(module, "pom.xml"), module);
    }
    write(root.resolve("a/src/main/A.java"), "class A {}");
    write(root.resolve("b/src/main/B.java"), "class B {}");
    return root;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String name(Path root) throws Exception {
    Path file = root.resolve("target/build.properties");
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      var arguments = new String[] {file.toString(), root.toString(), "1", "a", "b"};
      loader
          .loadClass("BuildDigest")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    }
    return Files.readString(file);
  }
}
