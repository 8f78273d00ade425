import java.lang.classfile.CodeBuilder;

/// What takes the place of an instruction.
interface Call {
  void write(CodeBuilder code);
}
