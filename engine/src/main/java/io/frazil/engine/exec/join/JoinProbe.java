package io.frazil.engine.exec.join;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.OperatorFactory;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The left side of a join: finds each row's matches among what was built.
public final class JoinProbe implements OperatorFactory {
  private final JoinBuild build;
  private final @Nullable Supplier<UnaryOperator<Batch>> condition;

  /// @param condition makes a driver's filter of pairs (left then right columns, of which only
  ///   those hold anything that the plan's condition names); null where the plan has no condition
  public JoinProbe(JoinBuild build, @Nullable Supplier<UnaryOperator<Batch>> condition) {
    boolean expected = build.shape().condition() != null;
    if (expected != (condition != null)) {
      throw new IllegalArgumentException("the condition is not that of " + build.shape().name());
    }
    if (build.shape().type() == JoinType.NULL_AWARE_ANTI && expected) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED, "NOT IN with a condition on both sides is not supported yet");
    }
    this.build = build;
    this.condition = condition;
  }

  @Override
  public BatchReader open(BatchReader input) {
    UnaryOperator<Batch> filter = condition == null ? null : condition.get();
    BuildSide side = build.side();
    JoinOutput output = new JoinOutput(build.shape(), side);
    return side.runs() == null
        ? new SingleMatchJoin(input, build, output, filter)
        : new MultiMatchJoin(input, build, output, filter);
  }
}
