package io.frazil.oracle;

import io.frazil.sql.parser.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What DuckDB answers to the 22 queries of TPC-H.
public final class TpchOracle implements AutoCloseable {
  private static final List<String> TABLES =
      List.of("customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier");

  private final DuckDbOracle oracle;

  private TpchOracle(DuckDbOracle oracle) {
    this.oracle = oracle;
  }

  /// Over the same files as the other engine.
  ///
  /// @param files a table's; may hold a glob
  public static TpchOracle over(Function<String, Path> files) {
    var oracle = new DuckDbOracle();
    TABLES.forEach(table -> oracle.view(table, files.apply(table)));
    return new TpchOracle(oracle);
  }

  /// The tables' names.
  public static List<String> tables() {
    return TABLES;
  }

  /// The engine whose answers are compared.
  public interface Engine {
    Answer query(String sql);

    /// Runs a statement without rows.
    void execute(String statement);
  }

  /// Asserts that an engine answers a query as DuckDB does.
  public void compare(int number, Engine ours) {
    for (String statement : Script.split(text(number))) {
      String sql = statement.strip();
      // DuckDB does not parse the precision that the specification gives Q1's interval.
      String theirs = sql.replace("day (3)", "day");
      if (sql.toLowerCase(Locale.ROOT).startsWith("select")) {
        compare("Q" + number, ours.query(sql), oracle.query(theirs), sql);
      } else {
        oracle.execute(theirs);
        ours.execute(sql);
      }
    }
  }

  /// DuckDB's answer to some other query.
  public Answer query(String sql) {
    return oracle.query(sql);
  }

  @Override
  public void close() {
    oracle.close();
  }

  private static void compare(String name, Answer ours, Answer theirs, String sql) {
    List<Integer> keys = order(sql, ours.columns());
    if (keys.isEmpty()) {
      Answers.assertSameRows(name, ours, theirs);
    } else {
      boolean limited = sql.toLowerCase(Locale.ROOT).contains("\nlimit");
      Answers.assertSameOrder(name, ours, theirs, keys, limited);
    }
  }

  /// The columns of the final ORDER BY, which in TPC-H are names of the result.
  private static List<Integer> order(String sql, List<String> columns) {
    String lower = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    int at = lower.lastIndexOf("order by ");
    var keys = new ArrayList<Integer>();
    if (at < 0) {
      return keys;
    }
    for (String key : lower.substring(at + 9).replaceAll(" limit .*", "").split(",")) {
      int column = columns.indexOf(key.strip().split(" ")[0]);
      if (column < 0) {
        throw new IllegalStateException("ordered by something else: " + key);
      }
      keys.add(column);
    }
    return keys;
  }

  private static String text(int number) {
    try (InputStream in = TpchOracle.class.getResourceAsStream("/tpch/q" + number + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
