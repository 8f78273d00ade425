package io.frazil.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.frazil.limits.DynamicTestLimit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The rooms of this package, who sees whom, and that no test hangs.
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

  @TestFactory
  Stream<DynamicTest> dynamicTestsAreLimited() {
    return Stream.of(
        dynamicTest("this one", () -> assertThat(DynamicTestLimit.isAround()).isTrue()));
  }

  @Test
  void roomsAreWithoutCycles() {
    slices().matching(HOME + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
