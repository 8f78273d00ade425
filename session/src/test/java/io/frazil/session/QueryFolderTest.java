package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueryFolderTest {
  private static final Duration AGE = Duration.ofDays(1);
  private static final FileTime LONG_AGO =
      FileTime.from(Instant.now().minus(AGE.plus(Duration.ofHours(1))));

  @Test
  void whatIsOldGoesAndWhatIsNewStays() throws IOException {
    try (QueryFolder folder = QueryFolder.temporary()) {
      Path root = Path.of(folder.location());
      Path gone = file(root.resolve("queries/one/result.arrow"));
      Path left = file(root.resolve("queries/two/state.json"));
      Path besides = file(root.resolve("queries/two/result.arrow"));
      for (Path old : new Path[] {gone, gone.getParent(), besides, left.getParent(), root}) {
        Path _ = Files.setLastModifiedTime(old, LONG_AGO);
      }
      folder.removeUnchangedFor(AGE);
      assertThat(root.resolve("queries/one")).doesNotExist();
      assertThat(besides).doesNotExist();
      assertThat(left).exists();
    }
  }

  @Test
  void aFolderThatNobodyNeededIsNotMade() {
    try (QueryFolder folder = QueryFolder.temporary()) {
      folder.removeUnchangedFor(AGE);
      assertThat(Path.of(folder.location())).isEmptyDirectory();
    }
  }

  @Test
  void oneThatIsGoneAlreadyIsClosed() throws IOException {
    var folder = QueryFolder.temporary();
    Path root = Path.of(folder.location());
    Files.delete(root);
    folder.close();
    assertThat(root).doesNotExist();
  }

  private static Path file(Path path) throws IOException {
    Path _ = Files.createDirectories(path.getParent());
    return Files.createFile(path);
  }
}
