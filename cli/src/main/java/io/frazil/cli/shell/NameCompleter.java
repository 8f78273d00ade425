package io.frazil.cli.shell;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.session.SqlSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes keywords, functions, tables, and the columns of tables that the statement names; where
/// only a table can stand, tables alone.
final class NameCompleter implements Completer {
  private static final List<String> KEYWORDS =
      List.of(
          """
          ALL ANALYZE AND AS ASC BETWEEN BY CASE CAST CREATE CROSS CURRENT_DATE DATE DESC DESCRIBE
          DISTINCT DROP ELSE END EXCEPT EXISTS EXPLAIN EXTRACT FALSE FOR FROM FULL GROUP HAVING IF
          IN INNER INSERT INTERSECT INTERVAL INTO IS JOIN LEFT LIKE LIMIT NOT NULL OF OFFSET ON OR
          ORDER OUTER REPLACE RIGHT SCHEMA SELECT SHOW TABLE TABLES THEN TIMESTAMP TRUE UNION USING
          VALUES VERSION VIEW WHEN WHERE WITH
          """
              .strip()
              .split("\\s+"));

  private static final Pattern NOT_NAME = Pattern.compile("[^\\p{L}\\p{N}_$]+");

  /// After these comes the name of a table.
  private static final Set<String> BEFORE_TABLES =
      Set.of("from", "join", "into", "table", "describe", "\\d", "\\dt");

  /// Opening more tables than that would keep the user waiting.
  private static final int TABLES_MAX = 30;

  private final SqlSession session;
  private final NavigableSet<String> functions = new TreeSet<>();

  NameCompleter(SqlSession session) {
    this.session = session;
    var registry = BuiltInAggregates.register(BuiltInFunctions.registry());
    functions.addAll(registry.scalarNames());
    functions.addAll(registry.aggregateNames());
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    complete(StatementParser.Typed.at(line.line(), line.cursor()), candidates);
  }

  void complete(StatementParser.Typed typed, List<Candidate> candidates) {
    String word = typed.word();
    if (word.startsWith("\\")) {
      offer(ShellCommand.NAMES, word, "", candidates);
      return;
    }
    String prefix = word.substring(word.lastIndexOf('.') + 1);
    String qualifier = word.substring(0, word.length() - prefix.length());
    boolean onlyTables = BEFORE_TABLES.contains(typed.before().toLowerCase(Locale.ROOT));
    var tables = new TreeSet<String>();
    var columns = new TreeSet<String>();
    try {
      List<Table> all = tables();
      all.forEach(table -> tables.add(table.name));
      if (!onlyTables) {
        addColumns(all, typed.line().toLowerCase(Locale.ROOT), columns);
      }
    } catch (FrazilException e) {
      // Nobody says the names now. What was said serves; a statement will tell why.
    }
    if (onlyTables) {
      offer(tables, prefix, qualifier, candidates);
      return;
    }
    offer(columns, prefix, qualifier, candidates);
    if (qualifier.isEmpty()) {
      offer(tables, prefix, "", candidates);
      if (!prefix.isEmpty()) {
        boolean upper = prefix.equals(prefix.toUpperCase(Locale.ROOT));
        KEYWORDS.stream()
            .map(keyword -> upper ? keyword : keyword.toLowerCase(Locale.ROOT))
            .filter(keyword -> keyword.startsWith(prefix))
            .forEach(keyword -> candidates.add(new Candidate(keyword)));
        offer(functions, prefix, "", candidates);
      }
    }
  }

  private static void offer(
      Iterable<String> names, String prefix, String qualifier, List<Candidate> candidates) {
    String folded = prefix.toLowerCase(Locale.ROOT);
    for (String name : names) {
      if (name.startsWith(folded)) {
        candidates.add(new Candidate(qualifier + name));
      }
    }
  }

  private record Table(CatalogProvider catalog, String schema, String name) {
    List<String> columns() {
      return catalog.table(schema, name, TableVersion.CURRENT).stream()
          .flatMap(found -> found.schema().fields().stream())
          .map(Field::name)
          .toList();
    }
  }

  private List<Table> tables() {
    var tables = new ArrayList<Table>();
    for (CatalogProvider catalog : session.catalogs().values()) {
      for (String schema : catalog.schemas()) {
        for (String name : ifThere(() -> catalog.tables(schema))) {
          tables.add(new Table(catalog, schema, name));
        }
      }
    }
    return tables;
  }

  /// The columns of the tables that the text names; of all where it names none yet, as SELECT comes
  /// before FROM.
  private static void addColumns(List<Table> tables, String text, Set<String> columns) {
    Set<String> words = Set.copyOf(Arrays.asList(NOT_NAME.split(text)));
    List<Table> named = tables.stream().filter(table -> words.contains(table.name)).toList();
    (named.isEmpty() ? tables : named)
        .stream().limit(TABLES_MAX).forEach(table -> columns.addAll(ifThere(table::columns)));
  }

  /// None of a schema that is gone or a table that cannot be opened: a statement on it will say
  /// why.
  private static List<String> ifThere(Supplier<List<String>> names) {
    try {
      return names.get();
    } catch (FrazilException e) {
      if (e.errorClass() == ErrorClass.TRANSIENT) {
        // The next would be waited for as long.
        throw e;
      }
      return List.of();
    }
  }
}
