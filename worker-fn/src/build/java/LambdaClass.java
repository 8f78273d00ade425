import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/// What `LambdaMetafactory.metafactory` would make: a class of one interface that holds what a
/// lambda captures, and whose method calls the lambda's. It is of the same nest as where the lambda
/// stands, so it may call what is private there.
///
/// @param captures the captured values' types, and the interface
/// @param method the interface's method
/// @param erased its type as the interface has it
/// @param instantiated as it is used here
/// @param called what it calls
record LambdaClass(
    ClassDesc type,
    ClassDesc nest,
    MethodTypeDesc captures,
    String method,
    MethodTypeDesc erased,
    MethodTypeDesc instantiated,
    DirectMethodHandleDesc called) {
  private static final String ONLY = "ONLY";
  private static final String MAKE = "make";

  static Optional<LambdaClass> of(ClassDesc type, ClassDesc nest, InvokeDynamicInstruction site) {
    var called = (DirectMethodHandleDesc) site.bootstrapArgs().get(1);
    if (called.owner().isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new LambdaClass(
            type,
            nest,
            site.typeSymbol(),
            site.name().stringValue(),
            (MethodTypeDesc) site.bootstrapArgs().get(0),
            (MethodTypeDesc) site.bootstrapArgs().get(2),
            called));
  }

  /// What stands for the lambda: one for all where it captures nothing, as the JVM has it too.
  void call(CodeBuilder code) {
    if (captures.parameterCount() == 0) {
      code.getstatic(type, ONLY, captures.returnType());
    } else {
      code.invokestatic(type, MAKE, captures);
    }
  }

  byte[] write(ClassFile classFile) {
    return classFile.build(
        type,
        builder -> {
          builder
              .withVersion(ClassFile.JAVA_11_VERSION, 0)
              .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
              .withInterfaceSymbols(captures.returnType())
              .with(NestHostAttribute.of(nest));
          for (int i = 0; i < captures.parameterCount(); i++) {
            builder.withField(
                field(i), captures.parameterType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
          }
          builder.withMethodBody(
              ConstantDescs.INIT_NAME,
              captures.changeReturnType(ConstantDescs.CD_void),
              ClassFile.ACC_PRIVATE,
              this::writeConstructor);
          writeFactory(builder);
          builder.withMethodBody(method, erased, ClassFile.ACC_PUBLIC, this::writeMethod);
        });
  }

  private static String field(int captured) {
    return "captured" + captured;
  }

  private void writeConstructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(
            ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
    for (int i = 0; i < captures.parameterCount(); i++) {
      code.aload(0)
          .loadLocal(TypeKind.from(captures.parameterType(i)), code.parameterSlot(i))
          .putfield(type, field(i), captures.parameterType(i));
    }
    code.return_();
  }

  private void writeFactory(ClassBuilder builder) {
    MethodTypeDesc constructor = captures.changeReturnType(ConstantDescs.CD_void);
    if (captures.parameterCount() == 0) {
      builder.withField(
          ONLY, captures.returnType(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
      builder.withMethodBody(
          ConstantDescs.CLASS_INIT_NAME,
          ConstantDescs.MTD_void,
          ClassFile.ACC_STATIC,
          code ->
              code.new_(type)
                  .dup()
                  .invokespecial(type, ConstantDescs.INIT_NAME, constructor)
                  .putstatic(type, ONLY, captures.returnType())
                  .return_());
      return;
    }
    builder.withMethodBody(
        MAKE,
        captures,
        ClassFile.ACC_STATIC,
        code -> {
          code.new_(type).dup();
          for (int i = 0; i < captures.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(captures.parameterType(i)), code.parameterSlot(i));
          }
          code.invokespecial(type, ConstantDescs.INIT_NAME, constructor).areturn();
        });
  }

  private void writeMethod(CodeBuilder code) {
    MethodTypeDesc taken = called.invocationType();
    if (called.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
      code.new_(called.owner()).dup();
    }
    int captured = captures.parameterCount();
    for (int i = 0; i < captured; i++) {
      code.aload(0).getfield(type, field(i), captures.parameterType(i));
      convert(code, captures.parameterType(i), taken.parameterType(i));
    }
    for (int i = 0; i < erased.parameterCount(); i++) {
      code.loadLocal(TypeKind.from(erased.parameterType(i)), code.parameterSlot(i));
      convert(code, erased.parameterType(i), instantiated.parameterType(i));
      convert(code, instantiated.parameterType(i), taken.parameterType(captured + i));
    }
    call(code, MethodTypeDesc.ofDescriptor(called.lookupDescriptor()));
    if (erased.returnType().equals(ConstantDescs.CD_void)) {
      switch (TypeKind.from(taken.returnType()).slotSize()) {
        case 1 -> code.pop();
        case 2 -> code.pop2();
        default -> {}
      }
    } else {
      convert(code, taken.returnType(), instantiated.returnType());
    }
    code.return_(TypeKind.from(erased.returnType()));
  }

  private void call(CodeBuilder code, MethodTypeDesc descriptor) {
    ClassDesc owner = called.owner();
    switch (called.kind()) {
      case STATIC, INTERFACE_STATIC ->
          code.invokestatic(owner, called.methodName(), descriptor, called.isOwnerInterface());
      case CONSTRUCTOR -> code.invokespecial(owner, ConstantDescs.INIT_NAME, descriptor);
      // What is called specially is private to the nest.
      case VIRTUAL, SPECIAL -> code.invokevirtual(owner, called.methodName(), descriptor);
      case INTERFACE_VIRTUAL, INTERFACE_SPECIAL ->
          code.invokeinterface(owner, called.methodName(), descriptor);
      default -> throw new IllegalStateException("no method: " + called);
    }
  }

  /// As `LambdaMetafactory` converts: between primitive types by widening, into and out of boxes,
  /// and by casts.
  private static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
    if (from.equals(to)) {
      return;
    }
    if (from.isPrimitive() && to.isPrimitive()) {
      code.conversion(TypeKind.from(from), TypeKind.from(to));
    } else if (from.isPrimitive()) {
      ClassDesc box = ClassDesc.of("java.lang", Boxes.of(from));
      code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, from));
    } else if (to.isPrimitive()) {
      unbox(code, from, to);
    } else if (!to.equals(ConstantDescs.CD_Object)) {
      code.checkcast(to);
    }
  }

  private static void unbox(CodeBuilder code, ClassDesc from, ClassDesc to) {
    ClassDesc held = Boxes.held(from);
    ClassDesc box = from;
    if (held == null) {
      held = to;
      box = ClassDesc.of("java.lang", Boxes.of(to));
      code.checkcast(box);
    }
    code.invokevirtual(box, held.displayName() + "Value", MethodTypeDesc.of(held));
    if (!held.equals(to)) {
      code.conversion(TypeKind.from(held), TypeKind.from(to));
    }
  }
}
