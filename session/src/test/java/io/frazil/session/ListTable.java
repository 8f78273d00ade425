package io.frazil.session;

import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A program's own table: batches in memory, a share each. Counts the readers that are open.
final class ListTable implements TableProvider {
  final AtomicInteger open = new AtomicInteger();
  private final Schema schema;
  private final List<Batch> batches;

  ListTable(Schema schema, List<Batch> batches) {
    this.schema = schema;
    this.batches = batches;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<ScanColumn> columns() {
    return schema.fields().stream().map(ScanColumn::named).toList();
  }

  @Override
  public TableStatistics statistics() {
    return TableStatistics.unknown(schema.size());
  }

  @Override
  public ScanPlan scan(ScanRequest request) {
    List<Split> splits = batches.stream().<Split>map(Share::new).toList();
    return new ScanPlan(splits, 0, 0, 0, 0);
  }

  private final class Share implements Split.Local {
    private final Batch batch;

    Share(Batch batch) {
      this.batch = batch;
    }

    @Override
    public long bytes() {
      return batch.rows() * 8L;
    }

    @Override
    public BatchReader open(List<Integer> columns) {
      open.incrementAndGet();
      Vector[] wanted = columns.stream().map(batch::column).toArray(Vector[]::new);
      Iterator<Batch> rest = List.of(Batch.of(batch.length(), wanted)).iterator();
      return new BatchReader() {
        private boolean closed;

        @Override
        public @Nullable Batch next() {
          return rest.hasNext() ? rest.next() : null;
        }

        @Override
        public void close() {
          if (!closed) {
            closed = true;
            open.decrementAndGet();
          }
        }
      };
    }
  }
}
