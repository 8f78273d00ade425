package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;
import java.util.List;

/// Source, streaming operators, sink; and the pipelines that have to be complete before it starts
/// (the build sides of its joins, what its source reads).
public record Pipeline(
    String name,
    Source source,
    List<OperatorFactory> operators,
    Sink sink,
    List<Pipeline> dependencies) {
  public Pipeline {
    operators = List.copyOf(operators);
    dependencies = List.copyOf(dependencies);
  }
}
