package io.frazil.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest {
  private static final ObjectStore STORE = new LocalObjectStore();

  @TempDir Path folder;

  @Nested
  class WithPlainPaths extends ObjectStoreContract {
    @Override
    protected ObjectStore store() {
      return STORE;
    }

    @Override
    protected String location(String name) {
      return folder + "/plain/" + name;
    }
  }

  @Nested
  class WithUris extends ObjectStoreContract {
    @Override
    protected ObjectStore store() {
      return STORE;
    }

    @Override
    protected String location(String name) {
      return "file:" + folder + "/uri/" + name;
    }
  }

  @Test
  void allFormsOfALocalUriNameTheSameFile() throws IOException {
    Files.writeString(folder.resolve("a"), "abc");
    assertThat(STORE.head("file:" + folder + "/a").size()).isEqualTo(3);
    assertThat(STORE.head("file://" + folder + "/a").size()).isEqualTo(3);
    assertThat(STORE.head("file://localhost" + folder + "/a").size()).isEqualTo(3);
  }

  @Test
  void otherStoresAndHostsAreRefused() {
    assertThatThrownBy(() -> STORE.head("s3://bucket/key"))
        .hasMessage(
            "'s3://bucket/key' is not on the local file system: its store is not configured");
    assertThatThrownBy(() -> STORE.head("file://server/share"))
        .hasMessage(
            "'file://server/share' names the host 'server'; a local file's URI is file:/path");
    assertThatThrownBy(() -> STORE.head("")).hasMessage("'' is not a path");
  }

  @Test
  void aDirectoryIsNotAFile() {
    String message = "'" + folder + "' is a directory, not a file";
    assertThatThrownBy(() -> STORE.head(folder.toString())).hasMessage(message);
    assertThatThrownBy(() -> STORE.open(folder.toString())).hasMessage(message);
    assertThatThrownBy(() -> STORE.create(folder.toString())).hasMessage(message);
    assertThatThrownBy(() -> STORE.delete(folder.toString())).hasMessage(message);
  }

  @Test
  void messagesNameWhatAndWhere() throws IOException {
    String file = Files.writeString(folder.resolve("a"), "0123456789").toString();
    assertThatThrownBy(() -> STORE.open(file + "x")).hasMessage("'" + file + "x' does not exist");
    assertThatThrownBy(() -> STORE.open(file + "/x")).hasMessage("'" + file + "/x' does not exist");
    try (ObjectReader reader = STORE.open(file)) {
      assertThatThrownBy(() -> reader.read(8, new byte[9], 0, 9))
          .hasMessage("'%s' ends at byte 10, but 9 bytes were wanted from byte 8", file);
    }
  }

  @Test
  void forbiddenFileIsNamed() {
    // By the exception itself: nobody forbids root anything.
    assertThat(LocalFailure.of("/etc/x", "read", new AccessDeniedException("/etc/x")))
        .hasMessage("'/etc/x' cannot be read: permission denied")
        .extracting(FrazilException::code)
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void aFileCutShortUnderItsReaderHasChanged() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[100]);
    try (ObjectReader reader = STORE.open(file.toString());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(50);
      assertThatThrownBy(() -> reader.read(0, new byte[100], 0, 100))
          .hasMessage("'" + file + "' became shorter while it was read");
      assertThat(STORE.head(file.toString())).isNotEqualTo(reader.info());
    }
  }

  @Test
  void aReaderClosedUnderARead() throws IOException {
    String file = Files.writeString(folder.resolve("a"), "abc").toString();
    ObjectReader reader = STORE.open(file);
    reader.close();
    reader.close();
    assertThatThrownBy(() -> reader.read(0, new byte[1], 0, 1))
        .hasMessage("'" + file + "' was closed while it was read");
  }

  @Test
  void nothingTemporaryStaysBehind() throws IOException {
    String location = folder + "/new/folders/a";
    try (ObjectWriter writer = STORE.create(location)) {
      writer.write(new byte[1 << 20], 0, 1 << 20);
      assertThat(writer.commit()).isTrue();
    }
    try (ObjectWriter writer = STORE.create(location)) {
      assertThat(writer.commit()).isFalse();
    }
    STORE.create(location).close();
    try (Stream<Path> files = Files.list(folder.resolve("new/folders"))) {
      assertThat(files).containsExactly(Path.of(location));
    }
  }

  @Test
  void relativePathsListAsRelativePaths() {
    assertThat(STORE.list("pom.")).extracting(ObjectInfo::location).containsExactly("pom.xml");
  }
}
