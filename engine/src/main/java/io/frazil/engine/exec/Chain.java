package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;

/// A pipeline that has no sink yet: what a plan node's rows come from, and the pipelines that have
/// to be complete before.
record Chain(Source source, List<OperatorFactory> operators, List<Pipeline> dependencies) {
  Chain {
    operators = List.copyOf(operators);
    dependencies = List.copyOf(dependencies);
  }

  static Chain of(Source source, Pipeline... dependencies) {
    return new Chain(source, List.of(), List.of(dependencies));
  }

  Chain then(OperatorFactory operator) {
    var longer = new ArrayList<>(operators);
    longer.add(operator);
    return new Chain(source, longer, dependencies);
  }

  Chain after(List<Pipeline> others) {
    var all = new ArrayList<>(dependencies);
    others.stream().filter(p -> !all.contains(p)).forEach(all::add);
    return new Chain(source, operators, all);
  }

  Pipeline into(Sink sink, String name) {
    return new Pipeline(name, source, operators, sink, dependencies);
  }

  /// One driver's operators over its own reader of the source.
  BatchReader open() {
    return open(source, operators);
  }

  static BatchReader open(Source source, List<OperatorFactory> operators) {
    BatchReader reader = source.open();
    for (OperatorFactory operator : operators) {
      BatchReader input = reader;
      try {
        reader = operator.open(input);
      } catch (RuntimeException | Error e) {
        input.close();
        throw e;
      }
    }
    return reader;
  }
}
