package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.Spent;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Statements whose coordinator is taken for lost: the files that it finished are removed by
/// whoever ends the query, unless they may be the table's.
@Timeout(60)
class LostWritesTest {
  private static final String INSERT = "INSERT INTO t VALUES (1)";
  private static final Schema SCHEMA = Schema.of(new Field("k", Types.BIGINT, true));

  @TempDir private Path folder;
  private final InMemoryCatalog tables = new InMemoryCatalog();
  private final LocalObjectStore store = new LocalObjectStore();
  private IcebergCatalog catalog = new IcebergCatalog(tables, store);
  private QueryObjects objects = new QueryObjects(store, "");
  private QueryRunner runner =
      new QueryRunner(SessionContext::builder, store, "", Duration.ofMillis(10));
  private String id = "";

  @BeforeEach
  void loseACoordinator() {
    tables.initialize(
        "memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, folder + "/warehouse"));
    tables.createNamespace(Namespace.of("default"));
    catalog.createTable("default", "t", SCHEMA);
    objects = new QueryObjects(store, folder + "/");
    runner = new QueryRunner(this::session, store, folder + "/", Duration.ofMillis(10));
    id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of(INSERT));
    var seen = objects.state(id).orElseThrow();
    assertThat(objects.replace(seen, seen.state().takenBy("lost", 1, 2, Spent.NOTHING)))
        .isPresent();
  }

  @AfterEach
  void close() {
    runner.close();
    catalog.close();
  }

  private SessionBuilder session() {
    return SessionContext.builder().catalog("iceberg", catalog).defaults("iceberg", "default");
  }

  /// And where it was not lost, but late, it removes what it wrote since itself.
  @Test
  void filesThatWereNotCommittedAreRemovedAndNeverAre() throws IOException {
    try (TableAppend late = append()) {
      write(late);
      write(late);
      assertThat(dataFiles()).hasSize(2);
      assertLost(runner.run(id));
      assertThat(dataFiles()).isEmpty();

      write(late);
      assertThatThrownBy(late::commit)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ATTEMPT_LOST))
          .hasMessage(
              "The statement was taken for lost before it could commit, and changed nothing");
    }
    assertThat(dataFiles()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void filesThatWereCommittedStay() throws IOException {
    try (TableAppend append = append()) {
      write(append);
      assertThat(append.commit()).isEqualTo(1);
    }
    assertLost(runner.run(id));
    assertThat(dataFiles()).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  /// Nobody knows whether the catalog was asked, or will be.
  @Test
  void filesWhoseCommitHadBegunStay() throws IOException {
    TableAppend append = append();
    write(append);
    new StoredAppends(objects, id).commits();
    assertLost(runner.run(id));
    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void whoeverComesNextRemovesWhatSomebodyLeftWhoWasLostInRemoving() throws IOException {
    write(append());
    var removing = new StoredAppends(objects, id);
    write(append());
    removing.giveUp();
    write(append());
    assertThat(dataFiles()).hasSize(1);
    removing.giveUp();
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void aStatementThatIsNotLostWritesDownItsFilesAndItsCommit() throws IOException {
    QueryResponse done = runner.answer(QueryRequest.of(INSERT));
    assertThat(done.error()).isNull();
    Path query = folder.resolve("queries").resolve(Objects.requireNonNull(done.query()));
    assertThat(query.resolve("appended.json")).exists();
    try (Stream<Path> names = Files.list(query.resolve("appended"))) {
      assertThat(names.map(LostWritesTest::text).toList())
          .containsExactlyInAnyOrderElementsOf(dataFiles().stream().map(Path::toString).toList());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertLost(QueryResponse response) {
    assertThat(response.error()).isEqualTo(Failure.LOST_WHILE_WRITING);
  }

  /// What the lost coordinator had begun.
  private TableAppend append() {
    return catalog.keepingJournal(new StoredAppends(objects, id)).append("default", "t");
  }

  private static void write(TableAppend append) {
    var row = new BatchBuilder(SCHEMA);
    row.row(1L);
    try (TableAppend.Writer writer = append.writer()) {
      row.batches().forEach(writer::write);
    }
  }

  private long rows() {
    QueryResponse answer = runner.answer(QueryRequest.of("SELECT count(*) FROM t"));
    assertThat(answer.error()).isNull();
    return (Long) Objects.requireNonNull(answer.rows().getFirst().getFirst());
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
