package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.explain.PlanText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the columns are that joins by USING and NATURAL make one of several.
class JoinColumnsTest {
  private static String plan(String sql) {
    var planning = new Planning();
    for (String table : new String[] {"a", "b", "c"}) {
      var schema =
          Schema.of(
              new Field("id", Types.BIGINT, true), new Field(table + "x", Types.BIGINT, true));
      planning.with(table, TestTable.of(schema));
    }
    planning.with("d", TestTable.of(Schema.of(new Field("id", Types.INTEGER, true))));
    return PlanText.text(planning.plan(sql)).replaceAll(" {2}\\{.*\\}", "");
  }

  @Test
  void anInnerJoinsColumnIsThatOfTheLeftTable() {
    assertThat(plan("select id, bx from a join b using (id) where id < 10"))
        .contains("HashJoin(inner: id = id)", "a; [id]; id < 10", "b; [id, bx]; id < 10");
  }

  @Test
  void aRightJoinsColumnIsThatOfTheRightTable() {
    assertThat(plan("select id, ax from a right join b using (id) where id < 10"))
        .contains("b; [id]; id < 10");
  }

  @Test
  void aFullJoinsColumnIsOfEither() {
    assertThat(plan("select id from a full join b using (id) where id < 10"))
        .contains("coalesce(id, id) < 10");
  }

  @Test
  void aColumnIsOfEitherWhereTheTypesDiffer() {
    assertThat(plan("select id from a join d using (id)")).contains("coalesce(");
  }

  @Test
  void whatWasMergedIsComparedAsOne() {
    assertThat(plan("select id from a full join b using (id) join c using (id)"))
        .contains("coalesce(id, id)");
    assertThat(plan("select c.cx from a right join b using (id) join c using (id)"))
        .doesNotContain("TableScan(a; [id, ax]")
        .contains("HashJoin(inner: id = id)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from a join b using (id) join c using (id)",
        "select id + 1 from a natural join b natural join c",
        "select bx from a join b using (id) group by id, bx having id > 3",
        "select bx from a join b using (id) order by id + 1",
        "select max(id) as id from a join b using (id) having max(id) > 3",
        "select ax from a join b using (id) join (select cx from c) as c on cx = id",
        "select ax from a join b using (id) where exists (select 1 from c where cx = id)",
        "select q.z from a join b using (id), lateral (select id + cx as z from c) as q",
        "select ax from a join (b full join c using (id)) using (id) where id is null"
      })
  void aMergedColumnIsNoAmbiguousOne(String sql) {
    assertThat(plan(sql)).contains("TableScan(a");
  }

  @Test
  void namesThatNothingMergesAreAmbiguous() {
    assertThatThrownBy(() -> plan("select ax from a join b using (id) join c on true where id = 1"))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS_NAME))
        .hasMessage("line 1:57: Column 'id' is ambiguous: qualify it with its table");
    assertThatThrownBy(() -> plan("select ax from a join b on a.id = b.id join c using (id)"))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY))
        .hasMessageStartingWith("line 1:54: Column name 'id' in NATURAL join or USING clause");
  }

  @Test
  void expressionsOfAnOrderNameTheTablesColumns() {
    assertThat(plan("select -id as id from a order by id + 1")).contains("id + 1");
    assertThat(plan("select ax, sum(id) as id from a group by ax order by sum(id)"))
        .contains("HashAggregate(by ax; sum(id))");
    assertThat(plan("select -id as id from a order by id")).startsWith("#2 Sort(id)");
  }
}
