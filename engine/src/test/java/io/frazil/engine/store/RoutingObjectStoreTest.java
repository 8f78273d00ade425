package io.frazil.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingObjectStoreTest {
  private final AtomicInteger made = new AtomicInteger();
  private final Supplier<VersionedStore> other =
      () -> {
        made.incrementAndGet();
        return new LocalObjectStore();
      };

  @TempDir Path folder;

  @Nested
  class OfPlainPaths extends ObjectStoreContract {
    @Override
    protected ObjectStore store() {
      return new RoutingObjectStore(Map.of(), new LocalObjectStore());
    }

    @Override
    protected String location(String name) {
      return folder + "/" + name;
    }
  }

  @Test
  void aStoreIsMadeForTheFirstLocationOfItsSchemes() {
    var stores = new RoutingObjectStore(Map.of("s3", other, "s3a", other), new LocalObjectStore());
    assertThat(stores.list(folder + "/")).isEmpty();
    assertThat(made).hasValue(0);

    // A local store knows no s3: that it is asked is what its refusal shows.
    assertThatThrownBy(() -> stores.head("s3://bucket/key"))
        .hasMessageStartingWith("'s3://bucket/key' is not on the local file system");
    assertThatThrownBy(() -> stores.delete("s3a://bucket/key"))
        .hasMessageStartingWith("'s3a://bucket/key' is not on the local file system");
    assertThat(made).hasValue(1);
  }
}
