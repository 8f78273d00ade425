package io.frazil.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The rooms of this package, and who sees whom.
@Execution(ExecutionMode.CONCURRENT)
@Order(1) // It waits for no installation.
final class RoomsTest {
  private static final String HOME = "io.frazil.localstack.";

  /// Each sees those before it.
  private static final List<String> ROOMS =
      List.of("process", "traffic", "stack", "deployment", "data", "doors", "whole");

  private final JavaClasses classes =
      new ClassFileImporter().importPackages("io.frazil.localstack");

  @Test
  void noRoomSeesThoseThatCome() {
    for (int i = 0; i < ROOMS.size() - 1; i++) {
      String[] later = ROOMS.stream().skip(i + 1L).map(room -> HOME + room).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(HOME + ROOMS.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(classes);
    }
  }

  @Test
  void roomsAreWithoutCycles() {
    slices().matching(HOME + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
