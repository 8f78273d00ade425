package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.Source;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the tasks of another stage wrote for this one; a partition of a partial is a morsel.
public final class PartialSource implements Source {
  private record Part(PartialInput input, int partition) {}

  private final List<Part> parts;
  private final Schema schema;
  private final TaskContext context;
  private final NodeMetrics metrics;
  private final AtomicInteger next = new AtomicInteger();

  /// @param node reads them
  public PartialSource(
      List<? extends PartialInput> inputs, PhysicalPlan.StageInput node, TaskContext context) {
    this.parts = inputs.stream().flatMap(PartialSource::parts).toList();
    this.schema = node.schema();
    this.context = context;
    this.metrics = context.metrics().node(node.id());
  }

  @Override
  public BatchReader open() {
    return new Reader();
  }

  @Override
  public void close() {
    // Partials are opened and closed by the readers.
  }

  private static Stream<Part> parts(PartialInput input) {
    List<PartialManifest.Range> partitions = input.manifest().partitions();
    return IntStream.range(0, partitions.size())
        .filter(p -> partitions.get(p).rows() > 0)
        .mapToObj(p -> new Part(input, p));
  }

  private BatchReader open(Part part) {
    PartialManifest manifest = part.input.manifest();
    ObjectStore store =
        switch (part.input) {
          case PartialInput.Stored _ -> new CountedReads(context.store(), metrics);
          case PartialInput.Inline(var _, byte[] object) ->
              InlineStore.of(manifest.location(), object);
        };
    return PartialReader.open(store, manifest, part.partition, schema, context.memory());
  }

  private final class Reader implements BatchReader {
    private @Nullable BatchReader current;

    @Override
    public @Nullable Batch next() {
      while (true) {
        if (current == null) {
          int index = next.getAndIncrement();
          if (index >= parts.size()) {
            return null;
          }
          current = open(parts.get(index));
        }
        Batch batch = current.next();
        if (batch != null) {
          return batch;
        }
        close();
      }
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
