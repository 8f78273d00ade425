package io.frazil.iceberg.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/// One object to read.
final class StoreInputFile implements InputFile {
  static final long UNKNOWN_LENGTH = -1;

  private final ObjectStore store;
  private final MetadataFiles metadata;
  private final String location;
  private final long length;

  StoreInputFile(ObjectStore store, MetadataFiles metadata, String location, long length) {
    this.store = store;
    this.metadata = metadata;
    this.location = location;
    this.length = length;
  }

  @Override
  public long getLength() {
    if (length != UNKNOWN_LENGTH) {
      return length;
    }
    try {
      return store.head(location).size();
    } catch (FrazilException e) {
      throw StoreFileIO.unreadable(e);
    }
  }

  @Override
  public SeekableInputStream newStream() {
    try {
      ObjectReader object = store.open(location);
      try {
        metadata.check(location, object);
      } catch (RuntimeException e) {
        object.close();
        throw e;
      }
      return new StoreInputStream(object);
    } catch (FrazilException e) {
      throw StoreFileIO.unreadable(e);
    }
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public boolean exists() {
    try {
      store.head(location);
      return true;
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.FILE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
