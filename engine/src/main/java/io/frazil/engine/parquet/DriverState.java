package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction.Volatility;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.parquet.decode.ChunkRange;
import io.frazil.engine.parquet.decode.ChunkShape;
import io.frazil.engine.parquet.decode.ColumnBuffer;
import io.frazil.engine.parquet.decode.ColumnReader;
import io.frazil.engine.parquet.decode.ColumnScratch;
import io.frazil.engine.parquet.decode.Decompressor;
import io.frazil.engine.parquet.decode.Scratch;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a driver keeps from one row group to the next: filters with what they learned, and arrays.
final class DriverState implements AutoCloseable {
  final TableScan scan;
  final int[] selection = new int[Batch.MAX_ROWS];
  private final TaskContext context;
  private final RuntimeFilters runtimeFilters;
  private final Decompressor decompressor = new Decompressor();
  private final Reservation reservation;
  private final Scratch memory;
  private final ColumnScratch[] scratch;
  private final @Nullable ColumnBuffer[] windows;
  private final @Nullable ColumnBuffer[] kept;
  private final List<FilterStage> stages;
  private final Map<Integer, RuntimeStage> runtimeStages = new HashMap<>();

  DriverState(
      TableScan scan,
      TaskContext context,
      RuntimeFilters runtimeFilters,
      RowFilter.Factory filters) {
    this.scan = scan;
    this.context = context;
    this.runtimeFilters = runtimeFilters;
    this.reservation = context.memory().reservation("scan " + scan.id());
    this.memory = new Scratch(reservation);
    int width = scan.columns().size();
    this.scratch = new ColumnScratch[width];
    for (int i = 0; i < width; i++) {
      scratch[i] = new ColumnScratch(decompressor, memory);
    }
    this.windows = new ColumnBuffer[width];
    this.kept = new ColumnBuffer[width];
    this.stages = new ArrayList<>(compile(filters));
  }

  /// The filters in the order that promises the least work, for one row group.
  List<FilterStage> stages() {
    for (RuntimeFilterTarget target : scan.runtimeFilters()) {
      if (!runtimeStages.containsKey(target.filterId())) {
        runtimeFilters
            .find(target.filterId())
            .map(filter -> new RuntimeStage(target.column(), filter))
            .ifPresent(stage -> runtimeStages.put(target.filterId(), stage));
      }
    }
    var ordered = new ArrayList<FilterStage>();
    stages.stream().filter(FilterStage::mayMove).forEach(ordered::add);
    runtimeStages.values().stream().filter(FilterStage::isUseful).forEach(ordered::add);
    ordered.sort(Comparator.comparingDouble(FilterStage::cost));
    stages.stream().filter(stage -> !stage.mayMove()).forEach(ordered::add);
    return ordered;
  }

  /// Whether a column's dictionary has no entry that one of the filters passes, nor does null pass.
  /// False where the dictionary is damaged: whoever reads the column says so.
  ///
  /// @param page the dictionary's
  /// @param rows how many the column has
  boolean passesNone(int column, ChunkShape shape, ChunkRange page, long rows) {
    Vector dictionary;
    try {
      dictionary =
          new ColumnReader(shape, List.of(page), window(column, shape.kind()), scratch(column))
              .dictionary();
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.FILE_CORRUPT) {
        return false;
      }
      throw e;
    }
    return dictionary != null
        && stages().stream()
            .filter(stage -> stage.columns().length == 1 && stage.columns()[0] == column)
            .anyMatch(stage -> stage.passesNone(dictionary, rows));
  }

  /// The buffer that a column is decoded into.
  ColumnBuffer window(int column, PhysicalType kind) {
    return buffer(windows, column, kind);
  }

  /// The buffer where rows of a column that was filtered by wait for others.
  ColumnBuffer kept(int column, PhysicalType kind) {
    return buffer(kept, column, kind);
  }

  private ColumnBuffer buffer(@Nullable ColumnBuffer[] buffers, int column, PhysicalType kind) {
    ColumnBuffer buffer = buffers[column];
    if (buffer == null || buffer.kind() != kind) {
      buffer = new ColumnBuffer(scan.columns().get(column).type(), kind, memory);
      buffers[column] = buffer;
    }
    buffer.clear();
    return buffer;
  }

  ColumnScratch scratch(int column) {
    return scratch[column];
  }

  @Override
  public void close() {
    decompressor.close();
    reservation.close();
  }

  /// Conjuncts that may move are put together by their columns, so that a dictionary is looked at
  /// once; the others stay by themselves, in their order.
  private List<FilterStage> compile(RowFilter.Factory filters) {
    var groups = new LinkedHashMap<List<Integer>, List<Expression>>();
    var compiled = new ArrayList<FilterStage>();
    for (Expression conjunct : scan.filters()) {
      List<Integer> columns = columns(conjunct);
      if (isDeterministic(conjunct) && !Fallible.canFail(conjunct)) {
        groups.computeIfAbsent(columns, _ -> new ArrayList<>()).add(conjunct);
      } else {
        compiled.add(stage(List.of(conjunct), columns, filters));
      }
    }
    groups.forEach((columns, conjuncts) -> compiled.add(stage(conjuncts, columns, filters)));
    return compiled;
  }

  private FilterStage stage(
      List<Expression> conjuncts, List<Integer> columns, RowFilter.Factory filters) {
    List<ScanColumn> all = scan.columns();
    return new ConjunctStage(
        conjuncts,
        columns.stream().mapToInt(Integer::intValue).toArray(),
        all.size(),
        conjuncts.stream().allMatch(this::isDeterministic),
        filters);
  }

  private boolean isDeterministic(Expression expression) {
    boolean own =
        !(expression instanceof Expression.Call call)
            || context
                .functions()
                .scalar(call.function())
                .map(f -> f.volatility() != Volatility.VOLATILE)
                .orElse(false);
    return own && expression.operands().stream().allMatch(this::isDeterministic);
  }

  /// The columns that an expression looks at, ascending.
  static List<Integer> columns(Expression expression) {
    var columns = new TreeSet<Integer>();
    collect(expression, columns);
    return List.copyOf(columns);
  }

  private static void collect(Expression expression, Set<Integer> columns) {
    if (expression instanceof Expression.Column column) {
      columns.add(column.index());
    }
    expression.operands().forEach(operand -> collect(operand, columns));
  }
}
