package io.frazil.cli.shell;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.session.SqlSession;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes keywords, tables, and the columns of tables that the statement names.
final class NameCompleter implements Completer {
  private static final List<String> KEYWORDS =
      List.of(
          "ALL",
          "ANALYZE",
          "AND",
          "AS",
          "ASC",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "COUNT",
          "CREATE",
          "CROSS",
          "DATE",
          "DESC",
          "DESCRIBE",
          "DISTINCT",
          "DROP",
          "ELSE",
          "END",
          "EXISTS",
          "EXPLAIN",
          "EXTRACT",
          "FROM",
          "FULL",
          "GROUP",
          "HAVING",
          "IN",
          "INNER",
          "INSERT",
          "INTERVAL",
          "INTO",
          "IS",
          "JOIN",
          "LEFT",
          "LIKE",
          "LIMIT",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "RIGHT",
          "SCHEMA",
          "SELECT",
          "SHOW",
          "SUM",
          "TABLE",
          "TABLES",
          "THEN",
          "TIMESTAMP",
          "UNION",
          "VALUES",
          "VERSION",
          "VIEW",
          "WHEN",
          "WHERE",
          "WITH");

  private final SqlSession session;

  NameCompleter(SqlSession session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    String prefix = word.substring(word.lastIndexOf('.') + 1);
    String qualifier = word.substring(0, word.length() - prefix.length());
    String folded = prefix.toLowerCase(Locale.ROOT);
    for (String name : names(line.line().toLowerCase(Locale.ROOT))) {
      if (name.startsWith(folded)) {
        candidates.add(new Candidate(qualifier + name));
      }
    }
    if (qualifier.isEmpty() && !prefix.isEmpty()) {
      boolean upper = prefix.equals(prefix.toUpperCase(Locale.ROOT));
      for (String keyword : KEYWORDS) {
        String cased = upper ? keyword : keyword.toLowerCase(Locale.ROOT);
        if (cased.startsWith(prefix)) {
          candidates.add(new Candidate(cased));
        }
      }
    }
  }

  /// Tables, and the columns of those that the text names already.
  private SortedSet<String> names(String text) {
    var names = new TreeSet<String>();
    for (CatalogProvider catalog : session.catalogs().values()) {
      for (String schema : catalog.schemas()) {
        for (String table : catalog.tables(schema)) {
          names.add(table);
          if (text.contains(table)) {
            names.addAll(columns(catalog, schema, table));
          }
        }
      }
    }
    return names;
  }

  private static List<String> columns(CatalogProvider catalog, String schema, String table) {
    try {
      return catalog.table(schema, table, TableVersion.CURRENT).stream()
          .flatMap(found -> found.schema().fields().stream())
          .map(Field::name)
          .toList();
    } catch (FrazilException e) {
      // A table that cannot be opened has no columns to offer; a statement on it will say why.
      return List.of();
    }
  }
}
