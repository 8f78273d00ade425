package io.frazil.sql.bind;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.JoinScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.OrderByScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/// Calcite's validator, which refuses whatever means a column that the engine cannot read: by its
/// name, by a star, or by the names that a join's sides share.
final class Validator extends SqlValidatorImpl {
  private final JoinColumns joins;

  Validator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader catalog,
      RelDataTypeFactory types,
      SqlValidator.Config config) {
    super(
        operators,
        catalog,
        types,
        config
            .withIdentifierExpansion(true)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(Coercion::new)
            .withDefaultNullCollation(NullCollation.HIGH));
    this.joins = new JoinColumns(catalog.nameMatcher());
  }

  @Override
  public SqlNode validate(SqlNode query) {
    query.accept(new ExistsColumns());
    return super.validate(query);
  }

  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode node) {
    RelDataType type = super.deriveType(scope, node);
    if (type instanceof UnreadableType unreadable) {
      throw unreadable.named(
          node instanceof SqlIdentifier id
              ? id.getComponentParserPosition(id.names.size() - 1)
              : node.getParserPosition());
    }
    return type;
  }

  /// What is ordered by is looked up here and its type not asked for.
  @Override
  public void validateIdentifier(SqlIdentifier id, SqlValidatorScope scope) {
    super.validateIdentifier(id, scope);
    if (scope instanceof OrderByScope && !id.isStar()) {
      deriveType(scope, id);
    }
  }

  /// Takes the columns of a star, one by one.
  @Override
  protected void addToSelectList(
      List<SqlNode> columns,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fields,
      SqlNode column,
      SelectScope scope,
      boolean system) {
    if (super.deriveType(scope, column) instanceof UnreadableType unreadable) {
      throw unreadable.meant(column.getParserPosition());
    }
    super.addToSelectList(columns, aliases, fields, column, scope, system);
  }

  /// A join by names becomes one by a condition: Calcite's conversion of the names compares the
  /// first column of each, whatever was merged before.
  @Override
  protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
    super.validateJoin(join, scope);
    List<String> names = usingNames(join);
    if (names == null || joins.merged(join) != null) {
      return;
    }
    var inside = (ListScope) getJoinScope(join);
    SqlNode condition = null;
    for (String name : names) {
      SqlParserPos at = position(join, name);
      refuse(name, join.getLeft(), at);
      refuse(name, join.getRight(), at);
      SqlNode equal =
          SqlStdOperatorTable.EQUALS.createCall(
              at,
              common(join.getLeft(), name, inside, at),
              common(join.getRight(), name, inside, at));
      condition =
          condition == null ? equal : SqlStdOperatorTable.AND.createCall(at, condition, equal);
    }
    joins.merge(join, names);
    SqlParserPos at = join.getParserPosition();
    join.setOperand(1, SqlLiteral.createBoolean(false, at));
    join.setOperand(4, JoinConditionType.ON.symbol(at));
    SqlNode whole = condition == null ? SqlLiteral.createBoolean(true, at) : condition;
    SqlNode expanded = expand(whole, inside);
    join.setOperand(5, expanded);
    validateWhereOrOn(inside, expanded, "ON");
  }

  /// The condition of a join is expanded when both its sides are known.
  @Override
  public SqlNode expand(SqlNode expression, SqlValidatorScope scope) {
    SqlNode known =
        scope instanceof JoinScope join ? SimpleNames.merged(expression, join, joins) : expression;
    return super.expand(known, scope);
  }

  private SqlNode common(SqlNode side, String name, ListScope scope, SqlParserPos at) {
    SqlNode column = joins.column(side, name, scope, at);
    if (column == null) {
      throw newValidationError(
          new SqlIdentifier(name, at), Static.RESOURCE.columnInUsingNotUnique(name));
    }
    return column;
  }

  @Override
  public @Nullable List<String> usingNames(SqlJoin join) {
    List<String> merged = joins.merged(join);
    List<String> names = merged == null ? super.usingNames(join) : merged;
    return names == null ? null : names.stream().distinct().toList();
  }

  /// What FROM says is known here, and nothing behind it was looked at.
  @Override
  protected void validateWhereClause(SqlSelect select) {
    if (select.getFrom() != null) {
      var scope = (SelectScope) getFromScope(select);
      new SimpleNames(scope, joins).resolve(select);
    }
    super.validateWhereClause(select);
  }

  private static SqlParserPos position(SqlJoin join, String name) {
    if (join.getCondition() instanceof SqlNodeList using) {
      for (SqlNode column : using) {
        if (column instanceof SqlIdentifier id && id.getSimple().equals(name)) {
          return id.getParserPosition();
        }
      }
    }
    return join.isNaturalNode().getParserPosition();
  }

  private void refuse(String name, SqlNode side, SqlParserPos at) {
    var namespace = getNamespace(side);
    RelDataTypeField field =
        namespace == null ? null : namespace.getRowType().getField(name, true, false);
    if (field != null && field.getType() instanceof UnreadableType unreadable) {
      throw unreadable.named(at);
    }
  }

  /// `EXISTS (SELECT * ...)` → `EXISTS (SELECT TRUE ...)`: whether there is a row says no column.
  private static final class ExistsColumns extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call.getKind() == SqlKind.EXISTS
          && limited(call.operand(0)) instanceof SqlSelect select
          && select.getFrom() != null
          && select.getGroup() == null
          && select.getHaving() == null
          && isStar(select.getSelectList())) {
        SqlParserPos at = select.getSelectList().getParserPosition();
        select.setSelectList(SqlNodeList.of(SqlLiteral.createBoolean(true, at)));
      }
      return super.visit(call);
    }

    /// What a LIMIT without an order stands on.
    private static SqlNode limited(SqlNode query) {
      return query instanceof SqlOrderBy order && order.orderList.isEmpty() ? order.query : query;
    }

    private static boolean isStar(SqlNodeList columns) {
      return columns.size() == 1
          && columns.getFirst() instanceof SqlIdentifier id
          && id.isStar()
          && id.names.size() == 1;
    }
  }
}
