import java.lang.constant.ClassDesc;
import java.util.Map;

/// The classes of `java.lang` that hold primitive values.
final class Boxes {
  private static final Map<String, String> NAMES =
      Map.of(
          "I", "Integer", "J", "Long", "D", "Double", "F", "Float", "Z", "Boolean", "B", "Byte",
          "S", "Short", "C", "Character");

  private Boxes() {}

  static String of(ClassDesc primitive) {
    return NAMES.get(primitive.descriptorString());
  }

  /// The primitive type that a class holds, or null.
  static ClassDesc held(ClassDesc box) {
    for (Map.Entry<String, String> each : NAMES.entrySet()) {
      if (box.descriptorString().equals("Ljava/lang/" + each.getValue() + ";")) {
        return ClassDesc.ofDescriptor(each.getKey());
      }
    }
    return null;
  }
}
