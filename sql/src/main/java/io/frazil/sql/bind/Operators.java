package io.frazil.sql.bind;

import io.frazil.engine.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/// Which operators a name can mean: functions of the registry, and of SQL's own those that have a
/// syntax or rules of their own.
final class Operators implements SqlOperatorTable {
  /// Standard functions that rules or translation know by their Calcite operator.
  private static final Set<String> STANDARD =
      Set.of(
          "avg",
          "case",
          "cast",
          "coalesce",
          "count",
          "current_date",
          "current_timestamp",
          "extract",
          "localtimestamp",
          "max",
          "min",
          "nullif",
          "position",
          "row",
          "single_value",
          "sum",
          "trim");

  private final FunctionRegistry functions;
  private final SqlOperatorTable standard = SqlStdOperatorTable.instance();
  private final SqlNameMatcher anyCase = SqlNameMatchers.withCaseSensitive(false);

  Operators(FunctionRegistry functions) {
    this.functions = functions;
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    if (!name.isSimple()) {
      return;
    }
    String lower = name.getSimple().toLowerCase(Locale.ROOT);
    if (syntax.family != SqlSyntax.FUNCTION) {
      operators(name, category, syntax, found, lower);
    } else if (STANDARD.contains(lower)) {
      standard.lookupOperatorOverloads(name, category, syntax, found, anyCase);
    } else if (lower.equals("now")) {
      found.add(SqlStdOperatorTable.CURRENT_TIMESTAMP);
    } else if (lower.equals("try_cast")) {
      found.add(SqlLibraryOperators.TRY_CAST);
    } else {
      functions.scalar(lower).ifPresent(f -> found.add(new RegistryScalar(f)));
      functions.aggregate(lower).ifPresent(f -> found.add(new RegistryAggregate(f)));
    }
  }

  private void operators(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      String lower) {
    if (syntax == SqlSyntax.BINARY && lower.equals("+")) {
      found.add(DateOperators.PLUS);
      return;
    }
    if (syntax == SqlSyntax.BINARY && lower.equals("-")) {
      found.add(DateOperators.MINUS);
      return;
    }
    standard.lookupOperatorOverloads(name, category, syntax, found, anyCase);
    if (lower.equals("ilike")) {
      found.add(SqlLibraryOperators.ILIKE);
    } else if (lower.equals("not ilike")) {
      found.add(SqlLibraryOperators.NOT_ILIKE);
    }
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return new ArrayList<>(standard.getOperatorList());
  }
}
