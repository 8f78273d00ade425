package io.frazil.sql.estimate;

import io.frazil.engine.type.DataType;
import io.frazil.sql.bind.EngineTable;
import io.frazil.sql.bind.RelTypes;
import io.frazil.sql.optimize.NullAwareAntiJoin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Estimates a tree from its leaves up; each node once.
public final class Estimator {
  private final IdentityHashMap<RelNode, RelationEstimate> known = new IdentityHashMap<>();

  public RelationEstimate of(RelNode node) {
    RelNode rel = node.stripped();
    RelationEstimate estimate = known.get(rel);
    if (estimate == null) {
      estimate = estimate(rel);
      known.put(rel, estimate);
    }
    return estimate;
  }

  private RelationEstimate estimate(RelNode rel) {
    return switch (rel) {
      case TableScan scan -> scan(scan);
      case Filter filter -> filter(filter, of(filter.getInput()));
      case Project project -> project(project, of(project.getInput()));
      case Join join ->
          new JoinEstimates(
                  of(join.getLeft()),
                  of(join.getRight()),
                  JoinedOn.of(join),
                  join.getCluster().getRexBuilder())
              .of(join.getJoinType());
      case NullAwareAntiJoin anti ->
          of(anti.getLeft()).withRows(of(anti.getLeft()).rows() / 2, "guess");
      case Aggregate aggregate -> aggregate(aggregate, of(aggregate.getInput()));
      case Sort sort -> sort(sort, of(sort.getInput()));
      case Union union -> union(union);
      case Values values -> unknown(values, values.getTuples().size(), "row count of VALUES");
      default -> other(rel);
    };
  }

  private static RelationEstimate scan(TableScan scan) {
    EngineTable table = scan.getTable().unwrap(EngineTable.class);
    return table == null
        ? unknown(scan, 1e6, "guess")
        : TableEstimates.of(table, scan.getRowType().getFieldCount());
  }

  private static RelationEstimate filter(Filter filter, RelationEstimate input) {
    var selectivity = new Selectivity(input, filter.getCluster().getRexBuilder());
    double rows = Math.max(1, input.rows() * selectivity.of(filter.getCondition()));
    RelationEstimate narrowed = input.withColumns(selectivity.narrow(filter.getCondition()));
    return narrowed.withRows(rows, "filtered " + input.source());
  }

  private static RelationEstimate project(Project project, RelationEstimate input) {
    var columns = new ArrayList<ColumnEstimate>();
    for (RexNode expression : project.getProjects()) {
      columns.add(
          switch (expression) {
            case RexInputRef ref -> input.column(ref.getIndex());
            case RexLiteral _ -> computed(1, expression.getType());
            default -> computed(input.rows(), expression.getType());
          });
    }
    return input.withColumns(columns);
  }

  private static ColumnEstimate computed(double rows, RelDataType type) {
    return ColumnEstimate.computed(rows, width(type));
  }

  private static double width(RelDataType type) {
    DataType engine = RelTypes.toEngine(type);
    return TableEstimates.width(engine, null);
  }

  private static RelationEstimate aggregate(Aggregate aggregate, RelationEstimate input) {
    if (aggregate.getGroupSet().isEmpty()) {
      return unknown(aggregate, 1, "one group");
    }
    // Columns of one table have together at most as many values as the table has rows.
    var tables = new HashMap<@Nullable String, double[]>();
    String source = "guess";
    double most = 0;
    for (int key : aggregate.getGroupSet()) {
      ColumnEstimate column = input.column(key);
      ColumnEstimate.Origin origin = column.origin();
      double[] product =
          tables.computeIfAbsent(
              origin == null ? null : origin.table(),
              _ -> new double[] {1, origin == null ? Double.MAX_VALUE : origin.rows()});
      product[0] = Math.min(product[0] * column.distinct(), product[1]);
      if (column.distinct() > most) {
        most = column.distinct();
        source = column.source();
      }
    }
    double groups = 1;
    for (double[] product : tables.values()) {
      groups = Math.min(groups * product[0], input.rows());
    }
    var columns = new ArrayList<ColumnEstimate>();
    for (int key : aggregate.getGroupSet()) {
      ColumnEstimate column = input.column(key);
      columns.add(column.withDistinct(Math.min(column.distinct(), groups)));
    }
    for (int i = columns.size(); i < aggregate.getRowType().getFieldCount(); i++) {
      columns.add(computed(groups, aggregate.getRowType().getFieldList().get(i).getType()));
    }
    return new RelationEstimate(Math.max(1, groups), columns, source);
  }

  private static RelationEstimate sort(Sort sort, RelationEstimate input) {
    return sort.fetch instanceof RexLiteral fetch && RexLiteral.intValue(fetch) < input.rows()
        ? input.withRows(RexLiteral.intValue(fetch), "limit")
        : input;
  }

  private RelationEstimate union(Union union) {
    double rows = union.getInputs().stream().mapToDouble(i -> of(i).rows()).sum();
    List<ColumnEstimate> columns = of(union.getInput(0)).columns();
    return new RelationEstimate(rows, columns, "sum of inputs");
  }

  private RelationEstimate other(RelNode rel) {
    double rows = rel.getInputs().stream().mapToDouble(i -> of(i).rows()).max().orElse(1);
    return unknown(rel, rows, "guess");
  }

  private static RelationEstimate unknown(RelNode rel, double rows, String source) {
    var columns = new ArrayList<ColumnEstimate>();
    rel.getRowType().getFieldList().forEach(f -> columns.add(computed(rows, f.getType())));
    return new RelationEstimate(rows, columns, source);
  }
}
