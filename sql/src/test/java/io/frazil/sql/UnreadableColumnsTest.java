package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Columns of types that the engine does not have: whoever means one is told, and nobody else.
class UnreadableColumnsTest {
  private static final String STAR =
      "'*' stands for columns whose types are not supported yet:"
          + " 'seen' (INT96), 'tags' (list<string>). Name the columns wanted.";

  private static final Planning PLANNING =
      new Planning().with("t", new Partial()).with("u", new Partial());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select seen from t                                     | 1:8
          select k, t.seen from t                                | 1:13
          select k from t where seen is null                     | 1:23
          select count(seen) from t                              | 1:14
          select k from t group by k, seen                       | 1:29
          select k from t order by seen                          | 1:26
          select a.k from t a join u b on a.seen = b.seen        | 1:35
          select a.k from t a join u b using (seen)              | 1:37
          select 1 from nation where exists (select * from t where seen = n_name) | 1:58
          """)
  void namingOneIsNotSupported(String sql, String position) {
    assertRejected(
        sql, "line " + position + ": Column 'seen' is of type INT96, which is not supported yet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select * from t                                        | 1:8
          select k, t.* from t, nation                           | 1:11
          select distinct * from t                               | 1:17
          select k from t union select * from t                  | 1:30
          select count(*) from (select * from t)                 | 1:30
          with w as (select * from t) select k from w            | 1:19
          select n_name from nation where 1 in (select * from t) | 1:46
          """)
  void aStarThatMeansThemIsNotSupported(String sql, String position) {
    assertRejected(sql, "line " + position + ": " + STAR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select a.k from t a natural join u b                   | 1:21
          """)
  void aNaturalJoinByOneIsNotSupported(String sql, String position) {
    assertRejected(
        sql, "line " + position + ": Column 'seen' is of type INT96, which is not supported yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select k, v from t",
        "select count(*) from t",
        "select nation.* from t, nation where k = n_nationkey",
        "select k from t where exists (select * from u where u.k = t.k)",
        "select k from t where not exists (select * from u)",
        "select k from t where exists (select * from u where u.k = t.k limit 1)",
        "select n_name from nation left semi join t on k = n_nationkey",
        "select * from nation left semi join t on k = n_nationkey",
        "select a.k, b.v from t a left join u b on a.k = b.k where b.v > 1",
        "select k from t a join u b using (k)",
        "select k, n_name from nation, t, region where k = n_nationkey"
            + " and n_regionkey = r_regionkey",
        "select k from t union all select v from u order by 1 limit 3",
        "select max(v) from (select k, v from t) where k > 3"
      })
  void queriesThatMeanOnlyOthersAreNotTouched(String sql) {
    assertThat(PLANNING.plan(sql).schema().size()).isPositive();
  }

  private static void assertRejected(String sql, String message) {
    assertThatThrownBy(() -> PLANNING.plan(sql))
        .isInstanceOf(FrazilException.class)
        .hasMessage(message)
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  private static final class Partial implements TableProvider, PartiallySupported {
    private final Schema schema =
        Schema.of(new Field("k", Types.INTEGER, false), new Field("v", Types.INTEGER, true));

    @Override
    public Map<String, String> unsupportedColumns() {
      var columns = new LinkedHashMap<String, String>();
      columns.put("seen", "INT96");
      columns.put("tags", "list<string>");
      return columns;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public List<ScanColumn> columns() {
      return schema.fields().stream().map(ScanColumn::named).toList();
    }

    @Override
    public TableStatistics statistics() {
      return TableStatistics.unknown(schema.size());
    }

    @Override
    public ScanPlan scan(ScanRequest request) {
      return new ScanPlan(List.of(), 0, 0, 0, 0);
    }
  }
}
