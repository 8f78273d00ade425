package io.frazil.sql.bind;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// The columns that joins by USING and NATURAL make one of several. With `a JOIN b USING (x)`, x is
///
/// - `a.x` of an inner or left join, which never has a row of b alone,
/// - `b.x` of a right join,
/// - `coalesce(a.x, b.x)` of a full join, and where the types differ.
///
/// Either side may be such a join itself.
final class JoinColumns {
  private final SqlNameMatcher names;

  /// Of each join that was seen, the names of the columns that it merges.
  private final IdentityHashMap<SqlJoin, List<String>> merged = new IdentityHashMap<>();

  JoinColumns(SqlNameMatcher names) {
    this.names = names;
  }

  private record Column(SqlNode expression, RelDataType type) {}

  void merge(SqlJoin join, List<String> columns) {
    merged.put(join, List.copyOf(columns));
  }

  /// What a join merges, or null if it was not seen.
  @Nullable List<String> merged(SqlJoin join) {
    return merged.get(join);
  }

  /// A column of a side of a join, or null where the side has several of the name.
  ///
  /// @param scope of the join
  @Nullable SqlNode column(SqlNode side, String name, ListScope scope, SqlParserPos at) {
    List<Column> columns = columns(side, name, scope, at);
    return columns.size() == 1 ? columns.getFirst().expression() : null;
  }

  /// The column that joins made of those that have a simple name, or null where it is not one of
  /// several, or they are not merged.
  @Nullable SqlNode column(SqlIdentifier id, SqlValidatorScope scope) {
    String name = id.getSimple();
    ListScope owner = owner(name, scope);
    if (owner == null || tables(name, owner).size() < 2) {
      return null;
    }
    SqlNode from = owner.getNode() instanceof SqlSelect select ? select.getFrom() : owner.getNode();
    return from == null ? null : column(from, name, owner, id.getParserPosition());
  }

  /// The innermost scope that has tables with a column.
  private @Nullable ListScope owner(String column, SqlValidatorScope scope) {
    for (SqlValidatorScope s = scope; s instanceof DelegatingScope d; s = d.getParent()) {
      if (s instanceof ListScope list && !tables(column, list).isEmpty()) {
        return list;
      }
    }
    return null;
  }

  /// The tables of a scope itself that have a column, by the names they have there.
  Map<String, RelDataTypeField> tables(String column, ListScope scope) {
    List<SqlValidatorNamespace> children = scope.getChildren();
    var aliases = new ArrayList<SqlMoniker>();
    scope.findAliases(aliases);
    var tables = new LinkedHashMap<String, RelDataTypeField>();
    for (int i = 0; i < children.size(); i++) {
      RelDataTypeField field = names.field(children.get(i).getRowType(), column);
      if (field != null) {
        tables.put(aliases.get(i).toString(), field);
      }
    }
    return tables;
  }

  /// All columns of a name in what stands in FROM.
  private List<Column> columns(SqlNode from, String name, ListScope scope, SqlParserPos at) {
    if (!(from instanceof SqlJoin join)) {
      return leaf(from, name, scope, at);
    }
    List<Column> left = columns(join.getLeft(), name, scope, at);
    List<Column> right =
        isSemi(join.getJoinType()) ? List.of() : columns(join.getRight(), name, scope, at);
    boolean one =
        left.size() == 1
            && right.size() == 1
            && merged.getOrDefault(join, List.of()).stream().anyMatch(n -> names.matches(n, name));
    return one
        ? List.of(merged(join.getJoinType(), left.getFirst(), right.getFirst(), scope, at))
        : Stream.concat(left.stream(), right.stream()).toList();
  }

  private static boolean isSemi(JoinType type) {
    return type == JoinType.LEFT_SEMI_JOIN || type == JoinType.LEFT_ANTI_JOIN;
  }

  private static Column merged(
      JoinType type, Column left, Column right, ListScope scope, SqlParserPos at) {
    if (type != JoinType.FULL && SqlTypeUtil.equalSansNullability(left.type(), right.type())) {
      return type == JoinType.RIGHT ? right : left;
    }
    SqlNode either =
        SqlStdOperatorTable.COALESCE.createCall(at, left.expression(), right.expression());
    RelDataType common =
        scope.getValidator().getTypeFactory().leastRestrictive(List.of(left.type(), right.type()));
    return new Column(either, common == null ? left.type() : common);
  }

  private List<Column> leaf(SqlNode from, String name, ListScope scope, SqlParserPos at) {
    String alias = alias(from);
    RelDataTypeField field = alias == null ? null : tables(name, scope).get(alias);
    return field == null
        ? List.of()
        : List.of(
            new Column(new SqlIdentifier(List.of(alias, field.getName()), at), field.getType()));
  }

  private static @Nullable String alias(SqlNode from) {
    return switch (from.getKind()) {
      case AS -> ((SqlCall) from).operand(1).toString();
      case LATERAL, TABLE_REF, SNAPSHOT -> alias(((SqlCall) from).operand(0));
      default -> from instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : null;
    };
  }
}
