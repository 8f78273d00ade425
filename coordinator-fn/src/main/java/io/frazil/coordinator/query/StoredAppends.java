package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.AppendJournal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// What a statement adds to tables, written down among its query's objects: where its files will
/// lie, an object for each, and who was first, its commit or whoever gave it up. So files are
/// removed that nobody can make a table's any more, however late a coordinator wakes up that was
/// taken for lost.
record StoredAppends(QueryObjects objects, String id) implements AppendJournal {
  private static final byte[] COMMITTED = "{\"by\": \"commit\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] GIVEN_UP = "{\"by\": \"given up\"}".getBytes(StandardCharsets.UTF_8);

  @Override
  public void begins(String location) {
    boolean _ = objects.put(files() + UUID.randomUUID(), location.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void commits() {
    if (!objects.put(settled(), COMMITTED)) {
      throw new FrazilException(
          ErrorCode.ATTEMPT_LOST,
          "The statement was taken for lost before it could commit, and changed nothing");
    }
  }

  /// Gives up what was not committed yet, and removes its files. Where the commit has begun, they
  /// stay: nobody knows whether it happened, or still will.
  ///
  /// @throws FrazilException where some of it stays that nobody needs
  void giveUp() {
    boolean first = objects.put(settled(), GIVEN_UP);
    // Who gave it up before may have been lost in turn.
    if (first || Arrays.equals(objects.bytes(settled()), GIVEN_UP)) {
      objects.removeNamed(files());
    }
  }

  private String files() {
    return objects.folder(id) + "appended/";
  }

  private String settled() {
    return objects.folder(id) + "appended.json";
  }
}
