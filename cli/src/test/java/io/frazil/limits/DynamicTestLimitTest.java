package io.frazil.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@Timeout(60)
final class DynamicTestLimitTest {
  @TestFactory
  Stream<DynamicTest> dynamicTestsOfThisModuleAreLimited() {
    return Stream.of(
        dynamicTest("this one", () -> assertThat(DynamicTestLimit.isAround()).isTrue()));
  }

  @Test
  void otherTestsAreJUnitsToLimit() {
    assertThat(DynamicTestLimit.isAround()).isFalse();
  }

  /// Other modules have to get the limit first, as a test dependency.
  @Test
  void noOtherModulesHaveDynamicTests() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      assertThat(modules.filter(DynamicTestLimitTest::makesTests).map(Path::getFileName))
          .extracting(Path::toString)
          .containsExactlyInAnyOrder("cli", "localstack-tests");
    }
  }

  private static boolean makesTests(Path module) {
    Path tests = module.resolve("src/test/java");
    if (!Files.isDirectory(tests)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(tests)) {
      return files
          .filter(Files::isRegularFile)
          .map(DynamicTestLimitTest::text)
          .anyMatch(text -> text.contains("@TestFactory"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theTimeoutOfTheFactoryHoldsForEachTest() {
    assertThat(ends(OfTheFactory.class, "1 h"))
        .containsExactly("execution timed out after 1000 ms", "well");
  }

  @Test
  void theTimeoutOfTheClassHoldsForEachTest() {
    assertThat(ends(OfTheClass.class, "1 h")).containsExactly("execution timed out after 1500 ms");
  }

  @Test
  void theDefaultHoldsWhereNothingIsSaid() {
    assertThat(ends(Unsaid.class, "2 s")).containsExactly("execution timed out after 2000 ms");
  }

  @Test
  void aTestThatHeedsNoInterruptionFailsToo() {
    assertThat(ends(Deaf.class, "1 h")).containsExactly("execution timed out after 1000 ms");
    Deaf.OVER.countDown();
  }

  static final class OfTheFactory {
    @TestFactory
    @Timeout(1)
    Stream<DynamicTest> oneThatHangsAndOneThatDoesNot() {
      return Stream.of(hanging(), dynamicTest("ends", () -> {}));
    }
  }

  @Timeout(value = 1500, unit = TimeUnit.MILLISECONDS)
  static final class OfTheClass {
    @TestFactory
    Stream<DynamicTest> oneThatHangs() {
      return Stream.of(hanging());
    }
  }

  static final class Unsaid {
    @TestFactory
    Stream<DynamicTest> oneThatHangs() {
      return Stream.of(hanging());
    }
  }

  static final class Deaf {
    static final CountDownLatch OVER = new CountDownLatch(1);

    @TestFactory
    @Timeout(1)
    Stream<DynamicTest> oneThatHeedsNothing() {
      return Stream.of(dynamicTest("heeds nothing", Deaf::await));
    }

    private static void await() {
      while (OVER.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private static DynamicTest hanging() {
    return dynamicTest("hangs", () -> new CountDownLatch(1).await());
  }

  /// How the tests of a class end: what they fail with, or well.
  private static List<String> ends(Class<?> tests, String otherwise) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter(DynamicTestLimit.DEFAULT, otherwise)
            .build();
    var ends = new ArrayList<String>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  ends.add(result.getThrowable().map(Throwable::getMessage).orElse("well"));
                }
              }
            });
    return ends;
  }
}
