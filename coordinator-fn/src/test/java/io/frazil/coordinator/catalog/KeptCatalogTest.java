package io.frazil.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCatalogTest {
  private static final FrazilException BUSY =
      new FrazilException(ErrorCode.STORE_UNAVAILABLE, "Secrets Manager is busy");

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private Optional<String> token = Optional.of("first");
  private final List<Map<String, String>> used = new ArrayList<>();
  private final List<IcebergCatalog> opened = new ArrayList<>();
  private final KeptCatalog kept = new KeptCatalog(this::secret, this::open, () -> now);

  @AfterEach
  void close() {
    opened.forEach(IcebergCatalog::close);
  }

  @Test
  void aChangedSecretOpensTheCatalogAnewAfterAWhile() {
    IcebergCatalog first = kept.catalog();
    token = Optional.of("second");
    assertThat(kept.catalog()).isSameAs(first);
    now = now.plus(KeptCatalog.SECRET_AGE);
    assertThat(kept.catalog()).isNotSameAs(first).isSameAs(kept.catalog());
    assertThat(used).containsExactly(Map.of("token", "first"), Map.of("token", "second"));
    assertThat(first.schemas()).as("of whoever still works with it").containsExactly("main");
  }

  @Test
  void theSameSecretKeepsTheCatalogOpen() {
    IcebergCatalog first = kept.catalog();
    now = now.plus(KeptCatalog.SECRET_AGE);
    assertThat(kept.catalog()).isSameAs(first);
  }

  @Test
  void aSecretThatCannotBeReadAgainIsTheOneThatWas() {
    IcebergCatalog first = kept.catalog();
    token = Optional.empty();
    now = now.plus(KeptCatalog.SECRET_AGE);
    assertThat(kept.catalog()).isSameAs(first);
    token = Optional.of("second");
    now = now.plus(KeptCatalog.SECRET_AGE);
    assertThat(kept.catalog()).isNotSameAs(first);
  }

  @Test
  void whatCouldNotBeOpenedIsTriedByTheNext() {
    token = Optional.empty();
    assertThatThrownBy(kept::catalog).isSameAs(BUSY);
    token = Optional.of("first");
    assertThat(kept.catalog().schemas()).containsExactly("main");
  }

  private Map<String, String> secret() {
    return Map.of("token", token.orElseThrow(() -> BUSY));
  }

  private IcebergCatalog open(Map<String, String> secret) {
    used.add(secret);
    IcebergCatalog catalog = LocalWarehouse.open(folder.resolve("w" + used.size()));
    opened.add(catalog);
    return catalog;
  }
}
