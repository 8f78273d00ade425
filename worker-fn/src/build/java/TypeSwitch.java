import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `SwitchBootstraps.typeSwitch`: the number of the first label from the second argument on that
/// the first one is of, -1 where that is null, and as many as there are labels where it is of none.
record TypeSwitch(String name, MethodTypeDesc type, List<Matched> labels) implements Helper {
  /// A type, or a constant of it.
  record Matched(ClassDesc type, Optional<String> constant) {
    static Optional<Matched> of(ConstantDesc label) {
      return switch (label) {
        case ClassDesc type when !type.isPrimitive() ->
            Optional.of(new Matched(type, Optional.empty()));
        case DynamicConstantDesc<?> made -> constant(made);
        default -> Optional.empty();
      };
    }

    /// `EnumDesc.of(ClassDesc.of("its.Type"), "CONSTANT")`, as the compiler writes it.
    private static Optional<Matched> constant(DynamicConstantDesc<?> made) {
      List<ConstantDesc> arguments = made.bootstrapArgsList();
      return made.bootstrapMethod().methodName().equals("invoke")
              && arguments.size() == 3
              && calls(arguments.getFirst(), "EnumDesc")
              && arguments.get(1) instanceof DynamicConstantDesc<?> type
              && type.bootstrapArgsList().size() == 2
              && calls(type.bootstrapArgsList().getFirst(), "ClassDesc")
              && type.bootstrapArgsList().get(1) instanceof String owner
              && arguments.get(2) instanceof String constant
          ? Optional.of(new Matched(ClassDesc.of(owner), Optional.of(constant)))
          : Optional.empty();
    }

    private static boolean calls(ConstantDesc method, String owner) {
      return method instanceof DirectMethodHandleDesc called
          && called.methodName().equals("of")
          && (called.owner().displayName().equals(owner)
              || called.owner().displayName().endsWith("$" + owner));
    }
  }

  static Optional<Helper> of(InvokeDynamicInstruction site, String name) {
    var labels = new ArrayList<Matched>();
    for (ConstantDesc argument : site.bootstrapArgs()) {
      Optional<Matched> label = Matched.of(argument);
      if (label.isEmpty()) {
        return Optional.empty();
      }
      labels.add(label.get());
    }
    MethodTypeDesc type = site.typeSymbol();
    return type.parameterType(0).isPrimitive()
        ? Optional.empty()
        : Optional.of(new TypeSwitch(name, type, labels));
  }

  @Override
  public void write(CodeBuilder code) {
    Label there = code.newLabel();
    code.aload(0).ifnonnull(there).loadConstant(-1).ireturn().labelBinding(there);
    for (int i = 0; i < labels.size(); i++) {
      Matched label = labels.get(i);
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next).aload(0);
      if (label.constant.isPresent()) {
        code.getstatic(label.type, label.constant.get(), label.type).if_acmpne(next);
      } else {
        code.instanceOf(label.type).ifeq(next);
      }
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }
}
