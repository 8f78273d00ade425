package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries with words left out, doubled, swapped and put in from elsewhere: each is planned or
/// refused, and what is said of it is meant for whoever wrote it.
class OddQueriesTest {
  private static final int QUERIES = Integer.getInteger("frazil.test.oddQueries", 400);
  private static final Pattern WORD =
      Pattern.compile("'[^']*'|\"[^\"]*\"|\\w+(?:\\.\\w+)?|<>|<=|>=|\\|\\||::|\\S");
  private static final Pattern INSIDE =
      Pattern.compile("org\\.apache|[Cc]alcite|Sql[A-Z]|Rex[A-Z]|Rel[A-Z]|RecordType|java\\.");

  private static final String MORE =
      """
      select row ( 1 , 2 ) array [ 1 ] map interval '1' day null is not distinct from
      unknown filter ( where true ) within group over ( partition by x order by 1 rows
      between unbounded preceding and current row ) union all intersect except minus values
      table lateral unnest cross natural full outer join using left semi anti join right
      tablesample bernoulli for version as of 3 timestamp date '2020-01-01' x'ab' 1e400
      99999999999999999999 .5 'it' * ? $1 cast ( a as decimal ( 99 , 9 ) ) :: integer
      try_cast overlaps contains similar to ilike escape '!' any some all exists not in
      between symmetric distinct nulls first last limit offset fetch next rows only with
      recursive q as rollup cube grouping sets current_timestamp now ( ) current_date
      extract epoch substring trim both leading position overlay placing convert translate
      floor to month ceil json_value nullif coalesce case when then else end element member
      of multiset cursor period pivot match_recognize window qualify having collate "n_name"
      n_nationkey nation region lineitem l_shipdate count sum avg ( distinct listagg ) ; --
      /* ( ) , . = < > <> + - / % || [ ] { }
      """;

  @ParameterizedTest
  @ValueSource(longs = {20_261_121, 7, 42})
  void nothingInternalIsSaid(long seed) {
    var random = new Random(seed);
    var pool = new ArrayList<>(words(MORE));
    var queries = new ArrayList<List<String>>();
    for (int i = 1; i <= 22; i++) {
      if (i != 15) {
        queries.add(words(Planning.tpchText(i)));
        pool.addAll(queries.getLast());
      }
    }
    int planned = 0;
    for (int i = 0; i < QUERIES; i++) {
      List<String> words = new ArrayList<>(queries.get(random.nextInt(queries.size())));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(words, pool, queries, random);
      }
      planned += plan(String.join(" ", words), seed);
    }
    assertThat(planned).as("some are valid").isPositive();
  }

  private static int plan(String sql, long seed) {
    try {
      new Planning().plan(sql, 1, 2, 3);
      return 1;
    } catch (FrazilException e) {
      boolean inside = INSIDE.matcher(String.valueOf(e.getMessage())).find();
      if (e.code() == ErrorCode.INTERNAL || inside) {
        fail("seed " + seed + ": " + e.code() + " " + e.getMessage() + "\n" + sql, e);
      }
    } catch (ClassCastException e) {
      // A statement that is no query.
      assertThat(e).hasMessageContaining("Statement$Query");
    }
    return 0;
  }

  private static void change(
      List<String> words, List<String> pool, List<List<String>> queries, Random random) {
    int at = random.nextInt(words.size());
    String other = pool.get(random.nextInt(pool.size()));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (words.size() > 1) {
          words.remove(at);
        }
      }
      case 1 -> words.add(at, other);
      case 2 -> words.set(at, other);
      case 3 -> words.add(at, words.get(random.nextInt(words.size())));
      case 4 -> words.set(at, words.get(random.nextInt(words.size())));
      default -> {
        List<String> from = queries.get(random.nextInt(queries.size()));
        int start = random.nextInt(from.size());
        words.addAll(at, from.subList(start, Math.min(from.size(), start + 1 + random.nextInt(8))));
      }
    }
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    if (words.getLast().equals(";")) {
      words.removeLast();
    }
    return words;
  }
}
