import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A record's `equals` or `hashCode`, as `ObjectMethods.bootstrap` has them.
record RecordMethod(
    String name, MethodTypeDesc type, ClassDesc record, List<Component> components, boolean isEquals)
    implements Helper {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final int PRIME = 31;

  record Component(String name, ClassDesc type) {
    /// The class with the static methods that compare two of them, and that hash one.
    ClassDesc box() {
      return ClassDesc.of("java.lang", Boxes.of(type));
    }
  }

  static Optional<Helper> of(InvokeDynamicInstruction site, String name) {
    boolean isEquals = site.name().equalsString("equals");
    if (!isEquals && !site.name().equalsString("hashCode")) {
      return Optional.empty();
    }
    List<ConstantDesc> arguments = site.bootstrapArgs();
    var components = new ArrayList<Component>();
    for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
      var getter = (DirectMethodHandleDesc) argument;
      components.add(new Component(getter.methodName(), getter.invocationType().returnType()));
    }
    return Optional.of(
        new RecordMethod(
            name, site.typeSymbol(), (ClassDesc) arguments.getFirst(), components, isEquals));
  }

  @Override
  public void write(CodeBuilder code) {
    if (isEquals) {
      writeEquals(code);
    } else {
      writeHashCode(code);
    }
  }

  private void writeHashCode(CodeBuilder code) {
    code.loadConstant(0);
    for (Component component : components) {
      code.loadConstant(PRIME).imul();
      code.aload(0).getfield(record, component.name, component.type);
      if (component.type.isPrimitive()) {
        code.invokestatic(
            component.box(),
            "hashCode",
            MethodTypeDesc.of(ConstantDescs.CD_int, component.type));
      } else {
        code.invokestatic(
            OBJECTS,
            "hashCode",
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private void writeEquals(CodeBuilder code) {
    Label other = code.newLabel();
    Label different = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn();
    code.labelBinding(other).aload(1).instanceOf(record).ifeq(different);
    for (Component component : components) {
      code.aload(0).getfield(record, component.name, component.type);
      code.aload(1).checkcast(record).getfield(record, component.name, component.type);
      differ(code, component, different);
    }
    code.iconst_1().ireturn();
    code.labelBinding(different).iconst_0().ireturn();
  }

  private static void differ(CodeBuilder code, Component component, Label different) {
    switch (TypeKind.from(component.type)) {
      case REFERENCE ->
          code.invokestatic(
                  OBJECTS,
                  "equals",
                  MethodTypeDesc.of(
                      ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
              .ifeq(different);
      case LONG -> code.lcmp().ifne(different);
      case FLOAT, DOUBLE ->
          code.invokestatic(
                  component.box(),
                  "compare",
                  MethodTypeDesc.of(ConstantDescs.CD_int, component.type, component.type))
              .ifne(different);
      default -> code.if_icmpne(different);
    }
  }
}
