import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;

/// A static method that does what an `invokedynamic` did.
interface Helper {
  String name();

  MethodTypeDesc type();

  void write(CodeBuilder code);
}
