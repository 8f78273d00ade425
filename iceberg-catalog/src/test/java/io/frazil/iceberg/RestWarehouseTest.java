package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Iceberg's own REST server, with a warehouse in a folder behind it.
class RestWarehouseTest {
  private static final Schema COLUMNS = Schema.of(new Field("id", Types.BIGINT, false));

  @TempDir Path folder;

  private RestServer server;

  @BeforeEach
  void start() throws Exception {
    server = RestServer.before(LocalWarehouse.open(folder));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void schemasAndTablesAreMadeListedReadAndDropped() {
    try (IcebergCatalog catalog = open(Map.of())) {
      catalog.createSchema("lake");
      catalog.createTable("lake", "t", COLUMNS);
      assertThat(catalog.schemas()).containsExactly("lake", "main");
      assertThat(catalog.tables("lake")).containsExactly("t");
      assertThat(catalog.tables("nowhere")).isEmpty();
      assertThat(catalog.table("nowhere", "t", TableVersion.CURRENT)).isEmpty();
      assertThat(catalog.table("lake", "t", TableVersion.CURRENT).orElseThrow().schema())
          .isEqualTo(COLUMNS);
      assertThat(catalog.table("lake", "other", TableVersion.CURRENT)).isEmpty();

      catalog.dropTable("lake", "t");
      catalog.dropSchema("lake");
      assertThat(catalog.schemas()).containsExactly("main");
    }
  }

  @Test
  void anotherCatalogSeesWhatOneMade() {
    try (IcebergCatalog one = open(Map.of());
        IcebergCatalog other = open(Map.of())) {
      one.createTable("main", "t", COLUMNS);
      assertThat(other.tables("main")).isEqualTo(List.of("t"));
    }
  }

  @Test
  void aTokenIsShownWithEachRequest() {
    try (IcebergCatalog catalog = open(Map.of("token", "let me in"))) {
      assertThat(catalog.schemas()).containsExactly("main");
    }
    assertThat(server.authorizations()).isNotEmpty().containsOnly("Bearer let me in");
  }

  @Test
  void whoIsRefusedIsTold() {
    server.refuse();
    assertThatThrownBy(
            () -> {
              try (IcebergCatalog catalog = open(Map.of())) {
                catalog.schemas();
              }
            })
        .isInstanceOfSatisfying(
            FrazilException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
  }

  @Test
  void whereATokenEndedAnotherIsAskedFor() {
    server.endTokens();
    try (IcebergCatalog catalog = open(Map.of("credential", "id:secret"))) {
      server.endTokens();
      assertThat(catalog.schemas()).containsExactly("main");
      server.endTokens();
      assertThatThrownBy(catalog::schemas)
          .as("but not for one after the other")
          .isInstanceOf(FrazilException.class)
          .extracting("code")
          .isEqualTo(ErrorCode.PERMISSION_DENIED);
      assertThat(server.tokens()).isEqualTo(2);
    }
  }

  @Test
  void eachStatementGoesOnAfterATokenEnded() {
    List<Consumer<IcebergCatalog>> statements =
        List.of(
            catalog -> catalog.createSchema("lake"),
            catalog -> catalog.createTable("lake", "t", COLUMNS),
            catalog -> assertThat(catalog.tables("lake")).containsExactly("t"),
            catalog -> assertThat(catalog.table("lake", "t", TableVersion.CURRENT)).isPresent(),
            catalog -> {
              try (TableAppend append = catalog.append("lake", "t")) {
                Rows.write(append, COLUMNS, List.of(Rows.row(1L)));
                append.commit();
              }
            },
            catalog -> Rows.create(catalog, "u", COLUMNS, List.of(Rows.row(1L))),
            catalog -> catalog.dropTable("lake", "t"),
            catalog -> catalog.dropSchema("lake"));
    for (Consumer<IcebergCatalog> statement : statements) {
      server.endTokens();
      try (IcebergCatalog catalog = open(Map.of("credential", "id:secret"))) {
        server.endTokens();
        statement.accept(catalog);
      }
    }
  }

  @Test
  void aTokenThatWasExchangedIsTakenFromTheLatestSecret() {
    server.endTokens();
    try (IcebergCatalog catalog = open(Map.of("token", "t1"), () -> Map.of("token", "t2"))) {
      assertThat(catalog.schemas()).containsExactly("main");
      server.endTokensBefore(2);
      assertThat(catalog.schemas()).containsExactly("main");
    }
    assertThat(server.authorizations()).startsWith("Bearer t1").endsWith("Bearer t2");
  }

  @Test
  void aServerThatIsGoneIsUnavailable() {
    try (IcebergCatalog catalog = open(Map.of())) {
      server.stop();
      assertThatThrownBy(catalog::schemas)
          .isInstanceOfSatisfying(
              FrazilException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
          .hasMessageStartingWith("Error occurred while processing GET request: Connect to ");
    }
  }

  private IcebergCatalog open(Map<String, String> secrets) {
    return open(secrets, () -> secrets);
  }

  private IcebergCatalog open(Map<String, String> secrets, Supplier<Map<String, String>> latest) {
    return RestWarehouse.open(
        new LocalObjectStore(), server.uri(), Optional.empty(), secrets, latest);
  }
}
