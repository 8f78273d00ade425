package io.frazil.engine.exec;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.PhysicalPlan.Values;
import io.frazil.engine.scan.Source;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Constant rows, in the order they are written.
final class ValuesSource implements Source {
  private final List<Batch> batches = new ArrayList<>();
  private final AtomicInteger position = new AtomicInteger();

  ValuesSource(Values node) {
    for (int from = 0; from < node.rows().size(); from += Batch.MAX_ROWS) {
      int to = Math.min(from + Batch.MAX_ROWS, node.rows().size());
      batches.add(batch(node, node.rows().subList(from, to)));
    }
  }

  @Override
  public BatchReader open() {
    return new BatchListReader(batches, position);
  }

  @Override
  public int maxReaders() {
    return 1;
  }

  @Override
  public void close() {
    batches.clear();
  }

  private static Batch batch(Values node, List<List<Literal>> rows) {
    var columns = new ArrayList<Vector>();
    for (int i = 0; i < node.schema().size(); i++) {
      int column = i;
      List<Literal> values = rows.stream().map(row -> row.get(column)).toList();
      columns.add(LiteralVector.of(node.schema().type(i), values));
    }
    return Batch.of(rows.size(), columns);
  }
}
