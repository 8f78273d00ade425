import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Names a build after what it is made of: `java BuildDigest.java FILE ROOT VERSION MODULE...`.
///
/// Writes a properties file whose `build` is the version and a digest of the modules' sources under
/// the root and of what says how they are built. The same sources have the same name wherever and
/// whenever they are built; the file stays untouched where it says so already, so that nothing is
/// built anew because of it.
public final class BuildDigest {
  private static final int BYTES = 6;

  private BuildDigest() {}

  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    Path file = Path.of(arguments[0]);
    Path root = Path.of(arguments[1]);
    List<String> modules = Arrays.asList(arguments).subList(3, arguments.length);
    String text = "build=%s+%s\n".formatted(arguments[2], digest(sources(root, modules)));
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  /// Files by their names under the root, the same on every system, in order.
  private static TreeMap<String, Path> sources(Path root, List<String> modules)
      throws IOException {
    var sources = new TreeMap<String, Path>();
    sources.put("pom.xml", root.resolve("pom.xml"));
    for (String module : modules) {
      sources.put(module + "/pom.xml", root.resolve(module, "pom.xml"));
      try (Stream<Path> files = Files.walk(root.resolve(module, "src", "main"))) {
        files.filter(Files::isRegularFile).forEach(file -> sources.put(name(root, file), file));
      }
    }
    return sources;
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static String digest(TreeMap<String, Path> sources)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (var source : sources.entrySet()) {
      update(digest, source.getKey().getBytes(StandardCharsets.UTF_8));
      update(digest, Files.readAllBytes(source.getValue()));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /// With its length, so that nothing can pass for something else that begins elsewhere.
  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
