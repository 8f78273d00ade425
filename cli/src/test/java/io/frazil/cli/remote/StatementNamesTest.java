package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementNamesTest {
  @TempDir private Path folder;

  @Test
  void namesAreThoseThatStatementsSay() {
    try (var warehouse = LocalWarehouse.open(folder);
        SessionContext session =
            SessionContext.builder()
                .catalog("iceberg", warehouse)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build()) {
      try (QueryHandle made = session.sql("CREATE TABLE \"a b\" AS SELECT 1 AS n, 'x' AS s")) {
        assertThat(made.updatedRows()).isEqualTo(1);
      }
      var catalog = new RemoteCatalog(new StatementNames(session));
      assertThat(catalog.schemas()).contains("main");
      assertThat(catalog.tables("main")).containsExactly("a b");
      assertThat(catalog.table("main", "a b", TableVersion.CURRENT).orElseThrow().schema().fields())
          .extracting(Field::name)
          .containsExactly("n", "s");
      assertThatThrownBy(() -> catalog.table("main", "later", TableVersion.CURRENT))
          .isInstanceOf(FrazilException.class);
      try (QueryHandle made = session.sql("CREATE TABLE later AS SELECT 1 AS n")) {
        assertThat(made.updatedRows()).isEqualTo(1);
      }
      assertThat(catalog.table("main", "later", TableVersion.CURRENT)).isPresent();
    }
  }
}
