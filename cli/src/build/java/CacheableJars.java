import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes the jars of a folder fit for the JVM's ahead-of-time cache: `java CacheableJars.java LIB
/// MAIN`, with the name of the jar there that is started.
///
/// Jars that it does not name are those of earlier builds, and are removed: there is one to start
/// then, and nothing is made fit in vain. Those that a process reads which was started before stay
/// as long as they are needed still.
///
/// The cache refuses classes of version 49 and older, which have no stack maps, and classes of
/// signed jars; the JVM then parses and verifies them at each start, and checks the signatures.
/// Such classes get stack maps and a version that the cache takes, and signatures are dropped (a
/// changed jar could not keep them). What the classes do stays the same. Jars that are fit are left
/// untouched, so that a second run changes nothing.
public final class CacheableJars {
  /// The first version whose verifier asks for stack maps without falling back.
  private static final int VERSION = ClassFile.JAVA_7_VERSION;

  private final List<Path> jars;
  private final Map<String, Path> homes = new HashMap<>();
  private final ClassFile classFile;

  private CacheableJars(List<Path> jars) throws IOException {
    this.jars = jars;
    for (Path jar : jars) {
      try (var file = new JarFile(jar.toFile())) {
        file.stream()
            .filter(entry -> isClass(entry.getName()))
            .forEach(entry -> homes.putIfAbsent(entry.getName(), jar));
      }
    }
    classFile = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy()));
  }

  public static void main(String[] arguments) throws IOException {
    Path lib = Path.of(arguments[0]);
    Set<String> needed = needed(lib.resolve(arguments[1]));
    var jars = new ArrayList<Path>();
    try (var files = Files.list(lib)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        if (needed.contains(file.getFileName().toString())) {
          jars.add(file);
        } else {
          Files.delete(file);
        }
      }
    }
    new CacheableJars(jars).run();
  }

  /// The names of a jar and of those that its manifest names.
  private static Set<String> needed(Path main) throws IOException {
    var names = new HashSet<String>(Set.of(main.getFileName().toString()));
    try (var jar = new JarFile(main.toFile())) {
      String others = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      names.addAll(List.of(others.split(" ")));
    }
    return names;
  }

  private void run() throws IOException {
    for (Path jar : jars) {
      if (!isFit(jar)) {
        rewrite(jar);
      }
    }
  }

  private static boolean isFit(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      for (var entry : file.stream().toList()) {
        if (isSignature(entry.getName())) {
          return false;
        }
        if (isClass(entry.getName())) {
          try (InputStream in = file.getInputStream(entry)) {
            if (isOld(in.readNBytes(8))) {
              return false;
            }
          }
        }
      }
      return true;
    }
  }

  private void rewrite(Path jar) throws IOException {
    Path changed = jar.resolveSibling(jar.getFileName() + ".changed");
    try {
      try (var in = new JarFile(jar.toFile());
          OutputStream file = Files.newOutputStream(changed);
          var out = new ZipOutputStream(file)) {
        for (var entry : in.stream().toList()) {
          if (!isSignature(entry.getName())) {
            copy(in, entry, out);
          }
        }
      }
      Files.move(changed, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(changed);
    }
  }

  private void copy(JarFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
    byte[] content;
    try (InputStream stream = in.getInputStream(entry)) {
      content = stream.readAllBytes();
    }
    var copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copy);
    out.write(isClass(entry.getName()) && isOld(content) ? renewed(content) : content);
    out.closeEntry();
  }

  /// The class with the newer version. Its methods pass through the builder one by one, as that is
  /// what makes their stack maps.
  private byte[] renewed(byte[] content) {
    ClassTransform methods =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(classFile.parse(content), methods.andThen(version));
  }

  /// Types of the folder and of the JDK; one that is in neither (an optional dependency's) counts
  /// as a plain class, as nothing that can run meets it.
  private ClassHierarchyResolver hierarchy() {
    return ClassHierarchyResolver.ofResourceParsing(this::open)
        .orElse(ClassHierarchyResolver.defaultResolver())
        .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))
        .cached();
  }

  private InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
    Path home = homes.get(name);
    if (home == null) {
      return null;
    }
    try (var file = new JarFile(home.toFile());
        InputStream in = file.getInputStream(file.getEntry(name))) {
      return new ByteArrayInputStream(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class");
  }

  private static boolean isOld(byte[] header) {
    return ((header[6] & 0xFF) << 8 | header[7] & 0xFF) < ClassFile.JAVA_6_VERSION;
  }

  private static boolean isSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && upper.indexOf('/', "META-INF/".length()) < 0
        && (upper.endsWith(".SF")
            || upper.endsWith(".RSA")
            || upper.endsWith(".DSA")
            || upper.endsWith(".EC"));
  }
}
