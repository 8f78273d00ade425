package io.frazil.engine.fragment;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In front of a store: keeps the object that is written while it is small, and lets it through as
/// soon as it is not.
final class InlineStore implements ObjectStore {
  private final ObjectStore behind;
  private final long bytesMax;
  private byte @Nullable [] kept;

  /// @param bytesMax up to which size an object is kept
  InlineStore(ObjectStore behind, long bytesMax) {
    this.behind = behind;
    this.bytesMax = bytesMax;
  }

  /// A store that has one object only.
  static ObjectStore of(String location, byte[] object) {
    return new OneObject(location, object);
  }

  /// The object, if it was small and is complete.
  byte @Nullable [] kept() {
    return kept;
  }

  @Override
  public ObjectInfo head(String location) {
    return behind.head(location);
  }

  @Override
  public ObjectReader open(String location) {
    return behind.open(location);
  }

  @Override
  public ObjectReader open(String location, long size) {
    return behind.open(location, size);
  }

  @Override
  public ObjectWriter create(String location) {
    return new Writer(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return behind.list(prefix);
  }

  @Override
  public void delete(String location) {
    behind.delete(location);
  }

  private final class Writer implements ObjectWriter {
    private final String location;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable ObjectWriter through;

    Writer(String location) {
      this.location = location;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      if (through == null && bytes.size() + (long) length <= bytesMax) {
        bytes.write(source, offset, length);
      } else {
        through().write(source, offset, length);
      }
    }

    @Override
    public long position() {
      return through == null ? bytes.size() : through.position();
    }

    @Override
    public boolean commit() {
      if (through != null) {
        return through.commit();
      }
      kept = bytes.toByteArray();
      return true;
    }

    @Override
    public void close() {
      if (through != null) {
        through.close();
      }
    }

    private ObjectWriter through() {
      if (through == null) {
        through = behind.create(location);
        through.write(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
      }
      return through;
    }
  }

  private record OneObject(String location, byte[] object) implements ObjectStore {
    @Override
    public ObjectInfo head(String wanted) {
      if (!wanted.equals(location)) {
        throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "'" + wanted + "' does not exist");
      }
      return new ObjectInfo(location, object.length, "inline");
    }

    @Override
    public ObjectReader open(String wanted) {
      return new InlineReader(head(wanted), object);
    }

    @Override
    public ObjectWriter create(String wanted) {
      throw new IllegalStateException("nothing is written here");
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
      return location.startsWith(prefix) ? List.of(head(location)) : List.of();
    }

    @Override
    public void delete(String wanted) {
      throw new IllegalStateException("nothing is deleted here");
    }
  }

  private record InlineReader(ObjectInfo info, byte[] object) implements ObjectReader {
    @Override
    public void read(long position, byte[] into, int offset, int length) {
      if (position + length > object.length) {
        throw new FrazilException(
            ErrorCode.FILE_CORRUPT, "'" + info.location() + "' ends at byte " + object.length);
      }
      System.arraycopy(object, Math.toIntExact(position), into, offset, length);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
