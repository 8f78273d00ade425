package io.frazil.sql.bind;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// Simple names of a query whose meaning Calcite does not know:
///
/// - A column that joins merged ([JoinColumns]) is spelt out wherever it is named.
/// - In ORDER BY a name is the result's column only where it stands alone. Inside an expression it
///   is the table's, if there is one: `SELECT -x AS x FROM r ORDER BY x + 1` orders by `r.x + 1`.
///
/// Queries inside the query do the same for themselves.
final class SimpleNames {
  private final SelectScope scope;
  private final JoinColumns joins;

  /// @param scope of WHERE, after what FROM says is known
  SimpleNames(SelectScope scope, JoinColumns joins) {
    this.scope = scope;
    this.joins = joins;
  }

  /// Replaces the names in all clauses of a query behind FROM.
  void resolve(SqlSelect select) {
    Set<String> aliases = aliases(select);
    if (select.getWhere() != null) {
      select.setWhere(merged(select.getWhere(), Set.of()));
    }
    if (select.getHaving() != null) {
      select.setHaving(merged(select.getHaving(), aliases));
    }
    replaceAll(select.getGroup(), item -> merged(item, Set.of()));
    replaceAll(select.getOrderList(), item -> order(item, aliases));
    replaceAll(select.getSelectList(), this::selected);
  }

  /// One expression of the FROM of a query.
  static SqlNode merged(SqlNode condition, SqlValidatorScope scope, JoinColumns joins) {
    Function<SqlIdentifier, @Nullable SqlNode> column = id -> joins.column(id, scope);
    return replaced(condition, column, column);
  }

  /// An expression outside of whose aggregates the names of the result come first.
  private SqlNode merged(SqlNode expression, Set<String> aliases) {
    return replaced(
        expression,
        id -> aliases.contains(id.getSimple()) ? null : joins.column(id, scope),
        id -> joins.column(id, scope));
  }

  private SqlNode selected(SqlNode item) {
    SqlNode column = merged(item, Set.of());
    return item instanceof SqlIdentifier id && column.getKind() == SqlKind.COALESCE
        ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), column, id)
        : column;
  }

  private SqlNode order(SqlNode item, Set<String> aliases) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        var call = (SqlCall) item;
        call.setOperand(0, order(call.operand(0), aliases));
        yield call;
      }
      case IDENTIFIER -> merged(item, aliases);
      case LITERAL -> item;
      default -> {
        Function<SqlIdentifier, @Nullable SqlNode> column = this::qualified;
        yield replaced(item, column, column);
      }
    };
  }

  /// The column of a table of the query itself, or null.
  private @Nullable SqlNode qualified(SqlIdentifier id) {
    Map<String, RelDataTypeField> tables = joins.tables(id.getSimple(), scope);
    SqlParserPos at = id.getParserPosition();
    return switch (tables.size()) {
      case 0 -> null;
      case 1 -> new SqlIdentifier(List.of(tables.keySet().iterator().next(), id.getSimple()), at);
      default -> joins.column(id, scope);
    };
  }

  /// The names that the query gives to columns of its result.
  private static Set<String> aliases(SqlSelect select) {
    return select.getSelectList().stream()
        .filter(item -> item.getKind() == SqlKind.AS)
        .map(item -> String.valueOf(SqlValidatorUtil.alias(item)))
        .collect(Collectors.toSet());
  }

  /// In place: the list is what others look at.
  private static void replaceAll(
      @Nullable SqlNodeList items, Function<SqlNode, SqlNode> replacement) {
    for (int i = 0; items != null && i < items.size(); i++) {
      items.set(i, replacement.apply(items.get(i)));
    }
  }

  /// An expression with some of its simple names replaced. Queries in it remain the very same: what
  /// is known of them is kept by identity.
  private static SqlNode replaced(
      SqlNode expression,
      Function<SqlIdentifier, @Nullable SqlNode> replacement,
      Function<SqlIdentifier, @Nullable SqlNode> insideAggregates) {
    SqlNode result =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlIdentifier id) {
                SqlNode column = id.isSimple() ? replacement.apply(id) : null;
                return column == null ? id : column;
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                  return call;
                }
                if (call.getOperator().isAggregator() && replacement != insideAggregates) {
                  return replaced(call, insideAggregates, insideAggregates);
                }
                var copier = new CallCopyingArgHandler(call, false);
                call.getOperator().acceptCall(this, call, true, copier);
                return copier.result();
              }
            });
    return result == null ? expression : result;
  }
}
