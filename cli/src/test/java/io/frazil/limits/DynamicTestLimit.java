package io.frazil.limits;

import java.lang.StackWalker.StackFrame;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.platform.commons.support.AnnotationSupport;

/// Limits dynamic tests. JUnit limits the method that makes them, which is over before the first of
/// them begins. The [Timeout] of that method, or of its class, holds for each of its tests; where
/// neither has one, the default for all tests does.
///
/// A test has a thread of its own, so that one fails too that heeds no interruption.
public final class DynamicTestLimit implements InvocationInterceptor {
  static final String DEFAULT = "junit.jupiter.execution.timeout.default";

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> test,
      DynamicTestInvocationContext invocation,
      ExtensionContext context)
      throws Throwable {
    Optional<Duration> limit = limit(context);
    if (limit.isPresent()) {
      Assertions.assertTimeoutPreemptively(
          limit.get(),
          () -> {
            test.proceed();
          });
    } else {
      test.proceed();
    }
  }

  /// Whether the test that asks is limited.
  public static boolean isAround() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .map(StackFrame::getClassName)
                .skip(1)
                .anyMatch(DynamicTestLimit.class.getName()::equals));
  }

  private static Optional<Duration> limit(ExtensionContext context) {
    Optional<Timeout> said = AnnotationSupport.findAnnotation(context.getElement(), Timeout.class);
    if (said.isPresent()) {
      return said.map(timeout -> Duration.of(timeout.value(), timeout.unit().toChronoUnit()));
    }
    return context.getParent().isPresent()
        ? limit(context.getParent().get())
        : context.getConfigurationParameter(DEFAULT, DynamicTestLimit::duration);
  }

  /// @param text as `15 m`
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.replace(" ", ""));
  }
}
