package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.Statement.CreateSchema;
import io.frazil.sql.Statement.CreateTable;
import io.frazil.sql.Statement.CreateTableAs;
import io.frazil.sql.Statement.CreateView;
import io.frazil.sql.Statement.Depth;
import io.frazil.sql.Statement.Describe;
import io.frazil.sql.Statement.DropSchema;
import io.frazil.sql.Statement.DropTable;
import io.frazil.sql.Statement.DropView;
import io.frazil.sql.Statement.Existing;
import io.frazil.sql.Statement.Explain;
import io.frazil.sql.Statement.Insert;
import io.frazil.sql.Statement.Missing;
import io.frazil.sql.Statement.Query;
import io.frazil.sql.Statement.ShowSchemas;
import io.frazil.sql.Statement.ShowTables;
import io.frazil.sql.parser.Script;
import io.frazil.sql.parser.StatementParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
  private static Statement parse(String sql) {
    return new Planning().planner().parse(sql);
  }

  @Test
  void queriesKeepTheirText() {
    assertThat(parse("select 1;")).isEqualTo(new Query("select 1"));
  }

  @Test
  void nestedQueriesStandWhereTheyStood() {
    assertThat(parse("explain analyze select 1"))
        .isEqualTo(new Explain(new Query(" ".repeat(16) + "select 1"), Depth.ANALYZE));
    assertThat(parse("create table t as\nselect 1"))
        .isEqualTo(
            new CreateTableAs(
                List.of("t"), new Query(" ".repeat(17) + "\nselect 1"), Existing.FAIL));
    assertThat(parse("insert into s.t (a, \"B\") values (1, 2)"))
        .isEqualTo(
            new Insert(
                List.of("s", "t"), List.of("a", "B"), new Query(" ".repeat(25) + "values (1, 2)")));
  }

  @Test
  void tablesAreDeclaredWithTheTypesOfTheEngine() {
    assertThat(
            parse(
                "CREATE TABLE IF NOT EXISTS db.T (A int not null, b decimal(15, 2), c text,"
                    + " d timestamp, e double, f float, g varchar(10), h date)"))
        .isEqualTo(
            new CreateTable(
                List.of("db", "t"),
                Schema.of(
                    new Field("a", Types.INTEGER, false),
                    new Field("b", Types.decimal(15, 2), true),
                    new Field("c", Types.VARCHAR, true),
                    new Field("d", Types.TIMESTAMP, true),
                    new Field("e", Types.DOUBLE, true),
                    new Field("f", Types.DOUBLE, true),
                    new Field("g", Types.VARCHAR, true),
                    new Field("h", Types.DATE, true)),
                Existing.SKIP));
  }

  @Test
  void viewsAndSchemasComeAndGo() {
    assertThat(parse("create or replace view v (x, y) as select 1, 2"))
        .isEqualTo(
            new CreateView(
                List.of("v"),
                List.of("x", "y"),
                new Query(" ".repeat(35) + "select 1, 2"),
                Existing.REPLACE));
    assertThat(parse("drop view if exists v")).isEqualTo(new DropView(List.of("v"), Missing.SKIP));
    assertThat(parse("drop table a.b.c"))
        .isEqualTo(new DropTable(List.of("a", "b", "c"), Missing.FAIL));
    assertThat(parse("create schema if not exists s"))
        .isEqualTo(new CreateSchema(List.of("s"), Existing.SKIP));
    assertThat(parse("drop schema s")).isEqualTo(new DropSchema(List.of("s"), Missing.FAIL));
  }

  @Test
  void catalogsAreShown() {
    assertThat(parse("show tables")).isEqualTo(new ShowTables(List.of()));
    assertThat(parse("show tables from c.s")).isEqualTo(new ShowTables(List.of("c", "s")));
    assertThat(parse("show schemas")).isEqualTo(new ShowSchemas(List.of()));
    assertThat(parse("show columns from t")).isEqualTo(new Describe(List.of("t")));
    assertThat(parse("describe t")).isEqualTo(new Describe(List.of("t")));
    assertThat(parse("describe s.t")).isEqualTo(new Describe(List.of("s", "t")));
  }

  @Test
  void scriptsAreSplitOutsideStringsNamesAndComments() {
    assertThat(
            Script.split(
                "select ';' as \"a;b\" -- one; two\n; /* ; */ ;select 2 /* ; */;\n-- last ;\n"))
        .containsExactly(
            "select ';' as \"a;b\" -- one; two\n",
            " ".repeat(31) + "\n" + " ".repeat(11) + "select 2 /* ; */");
  }

  @Test
  void aShellKnowsWhenToAskForMore() {
    assertThat(Script.isComplete("select 1;")).isTrue();
    assertThat(Script.isComplete("select 1; -- done")).isTrue();
    assertThat(Script.isComplete("select 1")).isFalse();
    assertThat(Script.isComplete("select ';")).isFalse();
    assertThat(Script.isComplete("select 1 -- ;")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN %s",
        "EXPLAIN ANALYZE %s",
        "CREATE TABLE x AS %s",
        "CREATE VIEW x AS %s",
        "INSERT INTO x %s",
        "INSERT INTO x (a, b) %s"
      })
  void nestedQueryKeepsItsEnds(String form) {
    for (String query :
        List.of(
            "SELECT a, b FROM t ORDER BY b LIMIT 10",
            "(SELECT a, b FROM t) LIMIT 10 OFFSET 3",
            "WITH q AS (SELECT 1 AS a, 2 AS b) SELECT a, b FROM q LIMIT 1",
            "VALUES (1, 2), (3, 4)",
            "SELECT a, b FROM t UNION ALL (SELECT a, b FROM u)")) {
      assertThat(nested(StatementParser.parse(form.formatted(query))).text().strip())
          .isEqualTo(query);
    }
  }

  private static Statement.Query nested(Statement statement) {
    return switch (statement) {
      case Statement.Explain explain -> explain.query();
      case Statement.CreateTableAs create -> create.query();
      case Statement.CreateView view -> view.query();
      case Statement.Insert insert -> insert.query();
      default -> throw new AssertionError(statement);
    };
  }
}
