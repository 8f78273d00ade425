package io.frazil.iceberg.store;

import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// One object to write.
final class StoreOutputFile implements OutputFile {
  private final ObjectStore store;
  private final MetadataFiles metadata;
  private final String location;

  StoreOutputFile(ObjectStore store, MetadataFiles metadata, String location) {
    this.store = store;
    this.metadata = metadata;
    this.location = location;
  }

  @Override
  public PositionOutputStream create() {
    return new Stream(store.create(location), location);
  }

  /// Iceberg asks for it where it has made up a name of its own, so that there is nothing to
  /// replace. Deleting just in case would keep tables from stores that refuse it, as S3 Tables
  /// does, and leave a marker for each file in buckets with versions.
  @Override
  public PositionOutputStream createOrOverwrite() {
    return new Replacing(store, location);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public InputFile toInputFile() {
    return new StoreInputFile(store, metadata, location, StoreInputFile.UNKNOWN_LENGTH);
  }

  /// Commits the object on closing, which is all that Iceberg's writers say at the end.
  private static final class Stream extends PositionOutputStream {
    private final ObjectWriter writer;
    private final String location;
    private final byte[] single = new byte[1];
    private boolean closed;

    Stream(ObjectWriter writer, String location) {
      this.writer = writer;
      this.location = location;
    }

    @Override
    public long getPos() {
      return writer.position();
    }

    @Override
    public void write(int value) {
      single[0] = (byte) value;
      writer.write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writer.write(bytes, offset, length);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try (writer) {
        if (!writer.commit()) {
          throw new AlreadyExistsException("File already exists: %s", location);
        }
      }
    }
  }

  /// Gathers the object, which has to be written a second time where another was in its place.
  private static final class Replacing extends PositionOutputStream {
    private final ObjectStore store;
    private final String location;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean closed;

    Replacing(ObjectStore store, String location) {
      this.store = store;
      this.location = location;
    }

    @Override
    public long getPos() {
      return content.size();
    }

    @Override
    public void write(int value) {
      content.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      content.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (put()) {
        return;
      }
      store.delete(location);
      if (!put()) {
        throw new AlreadyExistsException("File already exists: %s", location);
      }
    }

    private boolean put() throws IOException {
      try (ObjectWriter writer = store.create(location)) {
        content.writeTo(new ObjectOutput(writer));
        return writer.commit();
      }
    }
  }
}
