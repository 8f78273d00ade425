package io.frazil.sql.bind;

import io.frazil.engine.provider.CatalogProvider;
import io.frazil.sql.SqlEnvironment;
import io.frazil.sql.parser.TableVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;

/// What a misspelt name may have been meant to be: the nearest of those that exist.
final class Suggestions {
  private final SqlNode query;
  private final SqlValidatorCatalogReader catalog;
  private final SqlEnvironment environment;

  Suggestions(SqlNode query, SqlValidatorCatalogReader catalog, SqlEnvironment environment) {
    this.query = query;
    this.catalog = catalog;
    this.environment = environment;
  }

  /// ` Did you mean 'y'?`, or nothing.
  String column(String name) {
    return nearest(name, columns());
  }

  String table(String name) {
    Set<String> tables = new LinkedHashSet<>(environment.tables().keySet());
    tables.addAll(environment.views().keySet());
    CatalogProvider current = environment.catalogs().get(environment.catalog());
    if (current != null) {
      tables.addAll(current.tables(environment.schema()));
    }
    return nearest(TableVersions.parse(name).table(), tables);
  }

  String function(String name) {
    Set<String> names = new LinkedHashSet<>(environment.functions().scalarNames());
    names.addAll(environment.functions().aggregateNames());
    return nearest(name, names);
  }

  /// The columns of all tables that the query names, and its aliases.
  private Set<String> columns() {
    var columns = new LinkedHashSet<String>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          @SuppressWarnings("NullAway") // SqlBasicVisitor<Void> answers null by contract.
          public Void visit(SqlIdentifier id) {
            if (!id.isStar()) {
              RelOptTable table = resolve(id);
              if (table != null) {
                columns.addAll(table.getRowType().getFieldNames());
              }
            }
            return null;
          }

          @Override
          @SuppressWarnings("NullAway") // As above.
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.AS
                && call instanceof SqlBasicCall as
                && as.operand(1) instanceof SqlIdentifier alias
                && isWritten(as, alias)) {
              columns.add(alias.getSimple());
            }
            return super.visit(call);
          }
        });
    return columns;
  }

  /// What was named for want of a name stands where its name does.
  private static boolean isWritten(SqlBasicCall as, SqlIdentifier alias) {
    return !alias.getParserPosition().equals(as.operand(0).getParserPosition());
  }

  private @org.jspecify.annotations.Nullable RelOptTable resolve(SqlIdentifier id) {
    try {
      return (RelOptTable) catalog.getTable(id.names);
    } catch (RuntimeException e) {
      // A suggestion is a courtesy: what cannot be resolved suggests nothing.
      return null;
    }
  }

  private static String nearest(String name, Collection<String> names) {
    String best = "";
    int least = Math.max(1, name.length() / 3) + 1;
    for (String candidate : names) {
      int distance = distance(name, candidate);
      if (distance < least && !candidate.equals(name)) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? "" : " Did you mean '" + best + "'?";
  }

  /// Levenshtein's.
  private static int distance(String a, String b) {
    List<Integer> previous = new ArrayList<>();
    for (int j = 0; j <= b.length(); j++) {
      previous.add(j);
    }
    for (int i = 1; i <= a.length(); i++) {
      List<Integer> current = new ArrayList<>();
      current.add(i);
      for (int j = 1; j <= b.length(); j++) {
        int change = previous.get(j - 1) + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current.add(Math.min(change, Math.min(previous.get(j), current.get(j - 1)) + 1));
      }
      previous = current;
    }
    return previous.getLast();
  }
}
