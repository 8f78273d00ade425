package io.frazil.localstack;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// A test that gets a [LocalStack] as a parameter. All tests of a run share one, which is started
/// for the first of them and stopped after the last.
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnLocalStack.Sharing.class)
@interface OnLocalStack {

  /// Starts, hands out and stops it; failures say where its logs are.
  final class Sharing implements ParameterResolver, TestExecutionExceptionHandler {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LocalStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(LocalStack.class, _ -> start(), LocalStack.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      failure.addSuppressed(new AssertionError("LocalStack's logs are in " + LocalStack.logs()));
      throw failure;
    }

    private static LocalStack start() {
      try {
        return LocalStack.start();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
