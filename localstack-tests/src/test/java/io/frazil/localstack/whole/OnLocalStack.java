package io.frazil.localstack.whole;

import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// A test that gets a [LocalStack], or the [Whole] deployed on it, as a parameter. All tests of a
/// run share one, which is started for the first of them and stopped after the last.
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnLocalStack.Sharing.class)
public @interface OnLocalStack {

  /// Starts, hands out and stops it; failures say where its logs are.
  final class Sharing implements ParameterResolver, TestExecutionExceptionHandler {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == LocalStack.class || type == Whole.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      LocalStack stack = shared(context, LocalStack.class, LocalStack::start);
      return parameter.getParameter().getType() == LocalStack.class
          ? stack
          : shared(context, Whole.class, () -> Whole.deploy(stack));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      failure.addSuppressed(new AssertionError("LocalStack's logs are in " + LocalStack.logs()));
      throw failure;
    }

    private interface Start<T> {
      T start() throws IOException;
    }

    private static <T> T shared(ExtensionContext context, Class<T> type, Start<T> start) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(type, _ -> started(start), type);
    }

    private static <T> T started(Start<T> start) {
      try {
        return start.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
