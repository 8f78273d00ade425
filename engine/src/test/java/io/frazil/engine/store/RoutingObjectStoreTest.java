package io.frazil.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

  @Test
  void withoutAStoreForOthersTheyAreRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    var stores = new RoutingObjectStore(Map.of("s3", other, "s3a", other));
    for (String location :
        List.of(file.toString(), "file:" + file, "file://" + file, "http://host/a", "")) {
      List<ThrowingCallable> asked =
          List.of(
              () -> stores.head(location),
              () -> stores.open(location),
              () -> stores.open(location, 1),
              () -> stores.create(location),
              () -> stores.replace(new ObjectInfo(location, 0, ""), new byte[0]),
              () -> stores.list(location),
              () -> stores.list(location, "", 1),
              () -> stores.delete(location),
              () -> stores.counting(new StoreRequests()).open(location));
      assertThat(asked)
          .allSatisfy(call ->
              assertThatThrownBy(call)
                  .isInstanceOfSatisfying(
                      FrazilException.class,
                      e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
                  .hasMessage(
                      "'%s' lies in no store that is open here: locations begin with %s",
                      location, "s3:// or s3a://"));
    }
    assertThat(made).hasValue(0);
    assertThat(file).exists();
  }
}
