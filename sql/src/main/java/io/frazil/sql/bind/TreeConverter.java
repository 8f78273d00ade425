package io.frazil.sql.bind;

import io.frazil.engine.function.FunctionRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/// Calcite's converter of syntax into relational trees, which knows no semi and anti joins: it is
/// told that they are inner ones, and the join that it then makes is made of the right type here.
final class TreeConverter extends SqlToRelConverter {
  /// IN lists of any length stay lists.
  private static final int MAX_IN_LIST = 1_000_000;

  private static final RelOptTable.ViewExpander NO_VIEWS =
      (row, text, schema, path) -> {
        throw new IllegalStateException("views expand themselves");
      };

  /// What the joins were written as: those of a WITH are converted as often as it is named.
  private final IdentityHashMap<SqlJoin, JoinType> written = new IdentityHashMap<>();

  /// The types of the joins that are being converted, the innermost first.
  private final Deque<JoinType> converting = new ArrayDeque<>();

  TreeConverter(
      SqlValidator validator,
      Prepare.CatalogReader catalog,
      RelOptCluster cluster,
      FunctionRegistry functions) {
    super(
        NO_VIEWS,
        validator,
        catalog,
        cluster,
        new Convertlets(functions),
        SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(MAX_IN_LIST)
            .withRemoveSortInSubQuery(true)
            .withHintStrategyTable(HintStrategyTable.EMPTY));
  }

  @Override
  protected void convertFrom(
      Blackboard board, @Nullable SqlNode from, @Nullable List<String> fields) {
    if (!(from instanceof SqlJoin join)) {
      super.convertFrom(board, from, fields);
      return;
    }
    JoinType type = written.computeIfAbsent(join, SqlJoin::getJoinType);
    converting.push(type);
    try {
      if (type == JoinType.LEFT_SEMI_JOIN || type == JoinType.LEFT_ANTI_JOIN) {
        join.setOperand(2, JoinType.INNER.symbol(SqlParserPos.ZERO));
      }
      super.convertFrom(board, join, fields);
    } finally {
      converting.pop();
    }
  }

  @Override
  protected RelNode createJoin(
      Blackboard board, RelNode left, RelNode right, RexNode condition, JoinRelType type) {
    JoinRelType actual =
        switch (converting.peek()) {
          case LEFT_SEMI_JOIN -> JoinRelType.SEMI;
          case LEFT_ANTI_JOIN -> JoinRelType.ANTI;
          case null, default -> type;
        };
    return super.createJoin(board, left, right, condition, actual);
  }
}
