package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Iceberg tables that a Glue lists, their files on S3.
@OnLocalStack
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class GlueTest {
  private final LocalStack stack;

  GlueTest(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void tablesAreMadeWrittenReadListedAndDropped() {
    try (S3ObjectStore store = Buckets.store(stack.endpoint());
        IcebergCatalog glue = open(store);
        SessionContext session = session(glue, store)) {
      run(session, "CREATE SCHEMA glue_test");
      run(session, "CREATE TABLE glue_test.t AS SELECT 1 AS id, 'a' AS name");
      run(session, "INSERT INTO glue_test.t VALUES (2, 'b'), (3, 'c')");

      assertThat(rows(session, "SELECT sum(id), max(name) FROM glue_test.t"))
          .isEqualTo(List.of(List.of(6L, "c")));
      assertThat(glue.schemas()).contains("glue_test");
      assertThat(glue.tables("glue_test")).containsExactly("t");
      assertThatThrownBy(() -> run(session, "CREATE TABLE glue_test.t AS SELECT 1 AS id"))
          .isInstanceOf(FrazilException.class)
          .hasMessageContaining("'glue_test.t' already exists");

      run(session, "DROP TABLE glue_test.t");
      assertThat(glue.tables("glue_test")).isEmpty();
      run(session, "DROP SCHEMA glue_test");
      assertThat(glue.schemas()).doesNotContain("glue_test");
    }
  }

  @Test
  void anotherSessionSeesWhatWasCommitted() {
    try (S3ObjectStore store = Buckets.store(stack.endpoint());
        IcebergCatalog one = open(store);
        IcebergCatalog other = open(store);
        SessionContext writer = session(one, store);
        SessionContext reader = session(other, store)) {
      run(writer, "CREATE SCHEMA glue_two");
      run(writer, "CREATE TABLE glue_two.t AS SELECT 1 AS id");
      assertThat(rows(reader, "SELECT id FROM glue_two.t")).isEqualTo(List.of(List.of(1)));
      run(writer, "INSERT INTO glue_two.t VALUES (2)");
      assertThat(rows(reader, "SELECT max(id) FROM glue_two.t")).isEqualTo(List.of(List.of(2)));
    }
  }

  @Test
  void aTableThatIsNotThereIsTheUsersError() {
    try (S3ObjectStore store = Buckets.store(stack.endpoint());
        IcebergCatalog glue = open(store);
        SessionContext session = session(glue, store)) {
      assertThatThrownBy(() -> run(session, "SELECT * FROM nowhere.t"))
          .isInstanceOfSatisfying(
              FrazilException.class,
              e ->
                  assertThat(e.code()).isIn(ErrorCode.TABLE_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND));
    }
  }

  private IcebergCatalog open(S3ObjectStore store) {
    String warehouse = "s3://" + Buckets.create(stack) + "/warehouse";
    return stack.glue().open(store, warehouse);
  }

  private static SessionContext session(IcebergCatalog catalog, S3ObjectStore store) {
    return SessionContext.builder()
        .catalog("glue", catalog)
        .defaults("glue", "default")
        .store(store)
        .build();
  }

  private static void run(SessionContext session, String statement) {
    try (QueryHandle query = session.sql(statement)) {
      query.rows();
    }
  }

  private static List<? extends List<?>> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return List.copyOf(query.rows());
    }
  }
}
