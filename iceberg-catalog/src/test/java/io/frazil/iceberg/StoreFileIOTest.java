package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.store.StoreFileIO;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileIOTest {
  @TempDir Path folder;

  private final FileIO files = new StoreFileIO(new LocalObjectStore());

  @Test
  void aFileIsThereOnceItsStreamIsClosed() throws IOException {
    PositionOutputStream out = files.newOutputFile(at("f")).createOrOverwrite();
    out.write('a');
    out.write("bc".getBytes(StandardCharsets.UTF_8));
    assertThat(out.getPos()).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
    out.close();
    assertThat(folder.resolve("f")).hasContent("abc");
  }

  @Test
  void anotherFileIsReplacedWhereThatIsAskedFor() throws IOException {
    Files.writeString(folder.resolve("f"), "a longer one");
    write(files.newOutputFile(at("f")).createOrOverwrite());
    assertThat(folder.resolve("f")).hasContent("new");
    assertThatThrownBy(() -> write(files.newOutputFile(at("f")).create()))
        .isInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void whatTheStoreDoesNotDeleteIsNotReplaced() throws IOException {
    var store = new UndeletingStore();
    var undeleting = new StoreFileIO(store);
    write(undeleting.newOutputFile(at("f")).createOrOverwrite());
    assertThat(store.refused()).isZero();
    assertThatThrownBy(() -> write(undeleting.newOutputFile(at("f")).createOrOverwrite()))
        .isInstanceOf(FrazilException.class)
        .hasMessageEndingWith("cannot be deleted: MethodNotAllowed");
    assertThat(folder.resolve("f")).hasContent("new");
  }

  private static void write(PositionOutputStream out) throws IOException {
    try (out) {
      out.write("new".getBytes(StandardCharsets.UTF_8));
    }
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
