import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Makes the jars of a function start fast: `java FunctionJars.java JARS FOLDER ZIP`, with a zip of
/// `lib/*.jar`, and where they go as a folder and as a zip.
///
/// - What the JVM would link when it first comes to it is linked here ([Desugaring]).
/// - Classes are stored, not compressed, which the zip does anyhow.
/// - Of a class in several releases the one for this JDK alone is left, so that no look-up asks for
///   the others; signatures, which a changed jar could not keep, are dropped.
///
/// What the classes do stays the same. The same jars give the same bytes.
public final class FunctionJars {
  private static final String RELEASES = "META-INF/versions/";

  private FunctionJars() {}

  public static void main(String[] arguments) throws IOException {
    var jars = new LinkedHashMap<String, Jar>();
    try (var zip = new ZipInputStream(Files.newInputStream(Path.of(arguments[0])))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          jars.put(entry.getName(), Jar.read(zip.readAllBytes(), entry.getLastModifiedTime()));
        }
      }
    }
    desugar(jars.values().stream().map(Jar::entries).toList());
    write(jars, Path.of(arguments[1]), Path.of(arguments[2]));
  }

  private static void desugar(List<Map<String, Entry>> jars) {
    var classes = new LinkedHashMap<String, byte[]>();
    for (Map<String, Entry> jar : jars) {
      jar.forEach((name, entry) -> classes.putIfAbsent(name, entry.content));
    }
    var desugaring = new Desugaring(classes);
    for (Map<String, Entry> jar : jars) {
      for (String name : List.copyOf(jar.keySet())) {
        if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
          Entry entry = jar.get(name);
          desugaring
              .desugar(name)
              .forEach((made, content) -> jar.put(made, new Entry(content, entry.time)));
        }
      }
      desugaring
          .hosts()
          .forEach(
              (name, content) ->
                  jar.computeIfPresent(name, (_, entry) -> new Entry(content, entry.time)));
    }
  }

  private static void write(Map<String, Jar> jars, Path folder, Path zip) throws IOException {
    remove(folder);
    try (OutputStream file = Files.newOutputStream(zip);
        var out = new ZipOutputStream(file)) {
      for (Map.Entry<String, Jar> jar : jars.entrySet()) {
        byte[] content = jar.getValue().write();
        Path path = folder.resolve(jar.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        var entry = new ZipEntry(jar.getKey());
        entry.setLastModifiedTime(jar.getValue().time);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
      }
    }
  }

  /// Jars of earlier builds would stay there.
  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private record Entry(byte[] content, FileTime time) {}

  private record Jar(Map<String, Entry> entries, FileTime time) {
    static Jar read(byte[] bytes, FileTime time) throws IOException {
      var entries = new LinkedHashMap<String, Entry>();
      var releases = new ArrayList<Release>();
      try (var in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          var copy = new Entry(in.readAllBytes(), entry.getLastModifiedTime());
          String name = entry.getName();
          if (name.startsWith(RELEASES)) {
            Release.of(name, copy).ifPresent(releases::add);
          } else if (name.equals(JarFile.MANIFEST_NAME)) {
            entries.put(name, new Entry(ofOneRelease(copy.content), copy.time));
          } else if (!isSignature(name)) {
            entries.put(name, copy);
          }
        }
      }
      releases.sort(Comparator.comparingInt(Release::number));
      releases.forEach(release -> entries.put(release.name, release.entry));
      return new Jar(entries, time);
    }

    byte[] write() throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (var out = new ZipOutputStream(bytes)) {
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
          byte[] content = each.getValue().content;
          var entry = new ZipEntry(each.getKey());
          entry.setLastModifiedTime(each.getValue().time);
          if (each.getKey().endsWith(".class")) {
            store(entry, content);
          }
          out.putNextEntry(entry);
          out.write(content);
          out.closeEntry();
        }
      }
      return bytes.toByteArray();
    }
  }

  private static void store(ZipEntry entry, byte[] content) {
    var crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
  }

  /// A class for the JDKs from a release on.
  private record Release(int number, String name, Entry entry) {
    static Optional<Release> of(String path, Entry entry) {
      int slash = path.indexOf('/', RELEASES.length());
      if (slash < 0 || !path.endsWith(".class") || path.endsWith("/module-info.class")) {
        return Optional.empty();
      }
      int number = Integer.parseInt(path.substring(RELEASES.length(), slash));
      return number > Runtime.version().feature()
          ? Optional.empty()
          : Optional.of(new Release(number, path.substring(slash + 1), entry));
    }
  }

  private static byte[] ofOneRelease(byte[] content) throws IOException {
    Manifest manifest;
    try (InputStream in = new ByteArrayInputStream(content)) {
      manifest = new Manifest(in);
    }
    if (manifest.getMainAttributes().remove(Attributes.Name.MULTI_RELEASE) == null) {
      return content;
    }
    var out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private static boolean isSignature(String name) {
    return name.matches("(?i)META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }
}
