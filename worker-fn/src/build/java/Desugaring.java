import java.io.ByteArrayInputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Replaces `invokedynamic` by calls of classes and methods that do the same: of lambdas and method
/// references, of switches over types, of records' `equals` and `hashCode`. The JVM makes those
/// classes, and method handles to them, in each process where it first comes to them, which takes
/// it as long as loading several classes; here it is done once.
///
/// Left as they are: lambdas that can be serialized or implement more than one interface, other
/// labels than types and constants of enums, what concatenates texts.
final class Desugaring {
  /// The first version of classes that share what is private with others of their nest.
  private static final int VERSION = ClassFile.JAVA_11_VERSION;

  private final Map<String, byte[]> classes;
  private final ClassFile classFile;
  private final Map<ClassDesc, List<ClassDesc>> members = new LinkedHashMap<>();

  /// @param classes all that there are, by the names of their files
  Desugaring(Map<String, byte[]> classes) {
    this.classes = new HashMap<>(classes);
    // Constants that nothing is left to name are left out.
    this.classFile =
        ClassFile.of(
            ClassHierarchyResolverOption.of(hierarchy()), ConstantPoolSharingOption.NEW_POOL);
  }

  static String file(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1) + ".class";
  }

  /// A class without what could be replaced, and those that stand for it, by the names of their
  /// files; nothing where there is nothing to replace.
  Map<String, byte[]> desugar(String file) {
    ClassModel model = classFile.parse(classes.get(file));
    if (!file.equals(file(model.thisClass().asSymbol())) || !linksLater(model.constantPool())) {
      return Map.of();
    }
    ClassDesc host = model.thisClass().asSymbol();
    ClassDesc nest =
        model.findAttribute(Attributes.nestHost()).map(n -> n.nestHost().asSymbol()).orElse(host);
    var replaced = new Replaced(model, nest);
    byte[] changed = classFile.transformClass(model, replaced);
    if (replaced.isNothing()) {
      return Map.of();
    }
    var all = new LinkedHashMap<String, byte[]>();
    all.put(file, changed);
    replaced.lambdas.forEach((type, content) -> all.put(file(type), content));
    if (!replaced.lambdas.isEmpty()) {
      members.computeIfAbsent(nest, _ -> new ArrayList<>()).addAll(replaced.lambdas.keySet());
    }
    classes.putAll(all);
    return all;
  }

  /// The classes whose nests have got new members since this was last asked, with those members.
  Map<String, byte[]> hosts() {
    Map<String, byte[]> hosts =
        members.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> file(entry.getKey()),
                    entry -> withMembers(entry.getKey(), entry.getValue())));
    members.clear();
    classes.putAll(hosts);
    return hosts;
  }

  private byte[] withMembers(ClassDesc host, List<ClassDesc> more) {
    ClassModel model = classFile.parse(classes.get(file(host)));
    var all = new ArrayList<ClassDesc>();
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(known -> known.nestMembers().forEach(member -> all.add(member.asSymbol())));
    all.addAll(more);
    return classFile.transformClass(
        model,
        ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(NestMembersAttribute.ofSymbols(all)))));
  }

  private static boolean linksLater(ConstantPool constants) {
    for (PoolEntry entry : constants) {
      if (entry instanceof InvokeDynamicEntry) {
        return true;
      }
    }
    return false;
  }

  /// A type that is in no jar (an optional dependency's) counts as a plain class, as nothing that
  /// can run meets it.
  private ClassHierarchyResolver hierarchy() {
    return ClassHierarchyResolver.ofResourceParsing(
            (ClassDesc type) -> {
              byte[] content = classes.get(file(type));
              return content == null ? null : new ByteArrayInputStream(content);
            })
        .orElse(ClassHierarchyResolver.defaultResolver())
        .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))
        .cached();
  }

  /// One class's transformation.
  private final class Replaced implements ClassTransform {
    private final ClassModel model;
    private final ClassDesc host;
    private final ClassDesc nest;
    private final Set<String> names;
    private final Map<ClassDesc, byte[]> lambdas = new LinkedHashMap<>();
    private final List<Helper> helpers = new ArrayList<>();

    Replaced(ClassModel model, ClassDesc nest) {
      this.model = model;
      this.host = model.thisClass().asSymbol();
      this.nest = nest;
      this.names =
          model.methods().stream().map(m -> m.methodName().stringValue()).collect(Collectors.toSet());
    }

    boolean isNothing() {
      return lambdas.isEmpty() && helpers.isEmpty();
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      switch (element) {
        case ClassFileVersion version when version.majorVersion() < VERSION ->
            builder.withVersion(VERSION, 0);
        case MethodModel method when linksLater(method) ->
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    (code, instruction) -> {
                      Optional<Call> call = replacement(instruction);
                      if (call.isPresent()) {
                        call.get().write(code);
                      } else if (!isTypeAnnotation(instruction)) {
                        code.with(instruction);
                      }
                    }));
        default -> builder.with(element);
      }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      for (Helper helper : helpers) {
        builder.withMethodBody(
            helper.name(),
            helper.type(),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
            helper::write);
      }
    }

    /// Those within code name places in it, and stay where they are as the code moves; nobody reads
    /// them at run time.
    private static boolean isTypeAnnotation(CodeElement element) {
      return element instanceof RuntimeVisibleTypeAnnotationsAttribute
          || element instanceof RuntimeInvisibleTypeAnnotationsAttribute;
    }

    private static boolean linksLater(MethodModel method) {
      return method
          .code()
          .map(
              code ->
                  code.elementStream().anyMatch(e -> e instanceof InvokeDynamicInstruction))
          .orElse(false);
    }

    private Optional<Call> replacement(CodeElement element) {
      if (!(element instanceof InvokeDynamicInstruction site)) {
        return Optional.empty();
      }
      String bootstrap =
          site.bootstrapMethod().owner().displayName() + "." + site.bootstrapMethod().methodName();
      return switch (bootstrap) {
        case "LambdaMetafactory.metafactory" -> lambda(site);
        case "SwitchBootstraps.typeSwitch" -> TypeSwitch.of(site, name("typeSwitch")).map(this::call);
        case "ObjectMethods.bootstrap" -> RecordMethod.of(site, name("record")).map(this::call);
        default -> Optional.empty();
      };
    }

    private Optional<Call> lambda(InvokeDynamicInstruction site) {
      ClassDesc type = host.nested("$Lambda$" + lambdas.size());
      if (classes.containsKey(file(type)) || !classes.containsKey(file(nest))) {
        return Optional.empty();
      }
      return LambdaClass.of(type, nest, site)
          .map(
              lambda -> {
                lambdas.put(type, lambda.write(classFile));
                return lambda::call;
              });
    }

    private String name(String kind) {
      String name = "$" + kind + helpers.size();
      return names.contains(name) ? "$" + name : name;
    }

    private Call call(Helper helper) {
      helpers.add(helper);
      boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
      return code -> code.invokestatic(host, helper.name(), helper.type(), isInterface);
    }
  }
}
