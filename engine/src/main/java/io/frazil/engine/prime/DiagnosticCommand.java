package io.frazil.engine.prime;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/// The diagnostic commands of this process's JVM, as `jcmd` has them for others.
final class DiagnosticCommand {
  private DiagnosticCommand() {}

  /// @param name as the JVM's bean has it: `gcRun` for `GC.run`
  /// @return what the command says
  static String run(String name, String... arguments) throws JMException {
    Object[] given = arguments.length == 0 ? new Object[0] : new Object[] {arguments};
    String[] types =
        arguments.length == 0 ? new String[0] : new String[] {String[].class.getName()};
    return String.valueOf(
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), name, given, types));
  }
}
