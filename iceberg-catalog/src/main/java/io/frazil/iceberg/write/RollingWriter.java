package io.frazil.iceberg.write;

import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.vector.Batch;
import io.frazil.iceberg.statistics.TableSketches;
import org.jspecify.annotations.Nullable;

/// Writes one thread's batches into files of about [#FILE_BYTES].
final class RollingWriter implements TableAppend.Writer {
  static final long FILE_BYTES = 256L << 20;

  private final DataFolder folder;
  private final TableSketches.Collector sketches;
  private final int writer;
  private int files;
  private @Nullable OpenDataFile file;
  private boolean failed;

  RollingWriter(DataFolder folder, TableSketches.Collector sketches) {
    this.folder = folder;
    this.sketches = sketches;
    this.writer = folder.nextWriter();
  }

  @Override
  public void write(Batch batch) {
    if (batch.rows() == 0) {
      return;
    }
    // Set until all went well: a file that holds half a batch must not be finished on closing.
    boolean wasFailed = failed;
    failed = true;
    OpenDataFile open = file == null ? folder.begin(writer, files++) : file;
    file = open;
    open.write(batch);
    sketches.add(batch);
    failed = wasFailed;
    if (open.bytes() >= FILE_BYTES) {
      finish(open);
    }
  }

  private void finish(OpenDataFile open) {
    file = null;
    try (open) {
      folder.add(open.location(), open.finish());
    }
  }

  @Override
  public void close() {
    if (failed) {
      abandon();
      return;
    }
    if (file != null) {
      finish(file);
    }
    sketches.close();
  }

  /// Gives up the file that is open.
  void abandon() {
    OpenDataFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
