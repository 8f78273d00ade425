package io.frazil.session.scan;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableProvider;
import io.frazil.session.statistics.PlannedScan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What all scans of a plan read, after pruning.
///
/// @param splits by scan node
/// @param columns where each of a scan's columns stands in its table's schema, by scan node
/// @param scans what pruning did, by scan node
public record ScanInputs(
    Map<Integer, List<Split>> splits,
    Map<Integer, List<Integer>> columns,
    Map<Integer, PlannedScan> scans) {
  public ScanInputs {
    splits = Map.copyOf(splits);
    columns = Map.copyOf(columns);
    scans = Map.copyOf(scans);
  }

  /// Asks each table for its shares.
  ///
  /// @param tables what each scan node reads
  public static ScanInputs plan(PhysicalPlan root, Map<Integer, TableProvider> tables) {
    var inputs = new ScanInputs.Builder(tables);
    inputs.visit(root);
    return new ScanInputs(inputs.splits, inputs.columns, inputs.scans);
  }

  /// Those of some scans only.
  public Map<Integer, List<Split>> splitsOf(PhysicalPlan plan) {
    var own = new TreeMap<Integer, List<Split>>();
    forEachScan(plan, scan -> own.put(scan.id(), splits.getOrDefault(scan.id(), List.of())));
    return own;
  }

  /// What pruning did to the scans of a plan.
  public List<PlannedScan> scansOf(PhysicalPlan plan) {
    var own = new TreeMap<Integer, PlannedScan>();
    forEachScan(plan, scan -> own.put(scan.id(), Objects.requireNonNull(scans.get(scan.id()))));
    return List.copyOf(own.values());
  }

  private static void forEachScan(PhysicalPlan plan, Consumer<TableScan> action) {
    if (plan instanceof TableScan scan) {
      action.accept(scan);
    }
    plan.inputs().forEach(input -> forEachScan(input, action));
  }

  private static final class Builder {
    private final Map<Integer, TableProvider> tables;
    private final Map<Integer, List<Split>> splits = new TreeMap<>();
    private final Map<Integer, List<Integer>> columns = new TreeMap<>();
    private final Map<Integer, PlannedScan> scans = new TreeMap<>();

    Builder(Map<Integer, TableProvider> tables) {
      this.tables = tables;
    }

    /// A scan below a shared node is met several times and planned once.
    void visit(PhysicalPlan root) {
      forEachScan(
          root,
          scan -> {
            if (!splits.containsKey(scan.id())) {
              add(scan);
            }
          });
    }

    private void add(TableScan scan) {
      TableProvider table =
          Objects.requireNonNull(tables.get(scan.id()), () -> "no table for scan " + scan.id());
      List<Integer> positions = scan.columns().stream().map(c -> position(c, table)).toList();
      ScanPlan plan =
          table.scan(
              new ScanRequest(
                  positions,
                  scan.filters().stream().map(f -> ColumnPositions.mapped(f, positions)).toList(),
                  scan.limit()));
      splits.put(scan.id(), plan.splits());
      columns.put(scan.id(), positions);
      scans.put(
          scan.id(),
          new PlannedScan(
              scan.id(),
              scan.table().toString(),
              plan.files(),
              plan.filesPruned(),
              plan.bytes(),
              plan.bytesPruned(),
              plan.splits().size(),
              plan.kept()));
    }

    private static int position(ScanColumn column, TableProvider table) {
      int exact = table.columns().indexOf(column);
      return exact >= 0
          ? exact
          : table
              .schema()
              .indexOf(column.name())
              .orElseThrow(() ->
                  new FrazilException(
                      ErrorCode.INTERNAL,
                      "Column '" + column.name() + "' of a scan is not one of its table's"));
    }
  }
}
