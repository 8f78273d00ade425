package io.frazil.localstack.deployment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A function as it is deployed: the zip that its module's build made.
final class BuiltZip {
  /// What fragments and plans are told apart by.
  private static final String BUILD = "io/frazil/engine/fragment/build.properties";

  private BuiltZip() {}

  /// @throws IllegalStateException where the build made none
  static Path of(String module) {
    Path zip = Template.ROOT.resolve(module).resolve("target/frazil-" + module + ".zip");
    if (!Files.isRegularFile(zip)) {
      throw new IllegalStateException(
          "Functions' zips are made by 'package': start the build with 'verify', not with 'test'. "
              + "There is no "
              + zip);
    }
    return zip;
  }

  /// The same from another build: all that differs is what it says of itself.
  ///
  /// @param build the other's id
  /// @param file to write
  static void rebuild(String module, String build, Path file) throws IOException {
    boolean rebuilt = false;
    try (var in = new ZipInputStream(Files.newInputStream(of(module)));
        var out = new ZipOutputStream(Files.newOutputStream(file))) {
      // It is unpacked soon.
      out.setLevel(Deflater.NO_COMPRESSION);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().startsWith("lib/frazil-engine-")) {
          rebuilt |= rebuild(in.readAllBytes(), build, out);
        } else {
          in.transferTo(out);
        }
      }
    }
    if (!rebuilt) {
      throw new IllegalStateException("No build is named in the zip of " + module);
    }
  }

  private static boolean rebuild(byte[] jar, String build, OutputStream to) throws IOException {
    boolean found = false;
    var bytes = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
        var out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        boolean named = entry.getName().equals(BUILD);
        out.write(named ? properties(build) : in.readAllBytes());
        found |= named;
      }
    }
    bytes.writeTo(to);
    return found;
  }

  private static byte[] properties(String build) {
    return ("build=" + build + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
