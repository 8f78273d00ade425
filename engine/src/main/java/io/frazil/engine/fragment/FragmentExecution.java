package io.frazil.engine.fragment;

import io.frazil.engine.exec.TaskExecution;
import io.frazil.engine.exec.TaskInputs;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.Map;

/// Runs a fragment: its plan over its share, the rows into its partial.
public final class FragmentExecution {
  private FragmentExecution() {}

  /// Runs one attempt. Where another attempt committed first, its partial is the result.
  ///
  /// @param attempt who this is, for the partial to remember
  /// @param localColumns where the columns of scans over local splits stand, by scan node
  /// @throws io.frazil.engine.error.FrazilException where it fails; then there is no partial of it
  public static FragmentResult run(
      Fragment fragment,
      String attempt,
      Map<Integer, List<Integer>> localColumns,
      TaskContext context) {
    var inputs =
        new TaskInputs(
            fragment.splits(),
            localColumns,
            input ->
                new PartialSource(
                    fragment.inputs().getOrDefault(input.stage(), List.of()).stream()
                        .map(PartialInput.Stored::new)
                        .toList(),
                    input,
                    context));
    try (BatchReader rows = TaskExecution.start(fragment.plan(), inputs, context);
        var output =
            new PartialOutput(fragment.output(), fragment.plan().schema(), attempt, context)) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        output.write(batch);
      }
      return output.commit();
    }
  }
}
