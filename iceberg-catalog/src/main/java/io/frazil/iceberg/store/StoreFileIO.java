package io.frazil.iceberg.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/// Iceberg's files over the engine's [ObjectStore], so that metadata takes the same way as data and
/// Hadoop none.
///
/// A file exists once its stream is closed and not before. It is written where nothing was: two
/// writers of one location don't overwrite each other.
public final class StoreFileIO implements FileIO {
  private final transient ObjectStore store;
  private final transient MetadataFiles metadata = new MetadataFiles();

  public StoreFileIO(ObjectStore store) {
    this.store = store;
  }

  @Override
  public InputFile newInputFile(String location) {
    return new StoreInputFile(store, metadata, location, StoreInputFile.UNKNOWN_LENGTH);
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    return new StoreInputFile(store, metadata, location, length);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new StoreOutputFile(store, metadata, location);
  }

  @Override
  public void deleteFile(String location) {
    store.delete(location);
  }

  /// What Iceberg has to be told of a failed read: it tries again for minutes on everything but a
  /// file that isn't there.
  static RuntimeException unreadable(FrazilException failure) {
    return failure.code() == ErrorCode.STORE_UNAVAILABLE
        ? failure
        : new NotFoundException(failure, "%s", failure.getMessage());
  }
}
