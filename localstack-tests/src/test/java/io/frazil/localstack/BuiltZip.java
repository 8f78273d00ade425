package io.frazil.localstack;

import java.nio.file.Files;
import java.nio.file.Path;

/// A function as it is deployed: the zip that its module's build made.
final class BuiltZip {
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
}
