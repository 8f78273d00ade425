package io.frazil.sql.bind;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/// A view, which becomes its query's tree wherever it is named.
final class ViewTable extends AbstractTable implements TranslatableTable {
  private final RelRoot root;
  private final List<String> names;

  ViewTable(RelRoot root, List<String> names) {
    this.root = root;
    this.names = List.copyOf(names);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataType row = root.project().getRowType();
    var builder = factory.builder();
    for (int i = 0; i < names.size(); i++) {
      builder.add(names.get(i), row.getFieldList().get(i).getType());
    }
    return builder.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    RelNode query = root.project();
    List<RexNode> columns = query.getCluster().getRexBuilder().identityProjects(query.getRowType());
    return LogicalProject.create(query, List.of(), columns, names, Set.of());
  }
}
